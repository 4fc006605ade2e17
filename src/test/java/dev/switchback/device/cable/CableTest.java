package dev.switchback.device.cable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.node.CableStatus;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.sim.FakeBoard;
import dev.switchback.sim.PtyPair;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.serial.SerialPort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cable on real pseudo-terminals. */
@Tag("slow")
class CableTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path directory;

  private final FakeBoard board = new FakeBoard(2);
  private final Device device =
      new Device(
          DeviceConfiguration.defaults(), board, new MemoryStorage(), new TrainingListener() {});

  private CableStatus status() {
    return Objects.requireNonNull(device.status().cable());
  }

  private static boolean await(BooleanSupplier condition, double seconds) {
    long limit = System.nanoTime() + (long) (seconds * 1e9);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - limit > 0) {
        return false;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return true;
  }

  private String prompt(Path path) throws LinkException {
    try (ByteLink person = new SerialPort(path.toString(), 115_200).open()) {
      person.write(new byte[] {'\r'}, 0, 1);
      byte[] buffer = new byte[100];
      StringBuilder found = new StringBuilder();
      for (int poll = 0; poll < 20 && found.indexOf("switchback> ") < 0; poll++) {
        found.append(new String(buffer, 0, person.read(buffer), StandardCharsets.US_ASCII));
      }
      return found.toString();
    }
  }

  @Test
  void aPortMayBeMissingVanishAndComeBackWhileTheSwitchesAreAnswered() throws Exception {
    Path one = directory.resolve("one");
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong answers = new AtomicLong();
    try (device;
        Cable cable = new Cable(device, Cable.port(one.toString(), 115_200), 115_200)) {
      device.start();
      assertTrue(device.awaitMaintenance(LIMIT));
      cable.start();
      Thread flipper =
          Thread.ofPlatform()
              .start(() -> {
                for (int row = 0; !done.get(); row = (row + 1) % 4) {
                  board.setRow(row);
                  if (device.awaitAnswer(row, LIMIT)) {
                    answers.incrementAndGet();
                  }
                }
              });
      assertTrue(await(() -> status().state().contains("no serial port"), 5), () -> "" + status());
      try (PtyPair pair = PtyPair.open(directory)) {
        for (int round = 1; round <= 3; round++) {
          assertTrue(await(() -> status().state().equals("open"), 5), () -> "" + status());
          assertEquals(round, status().opened());
          assertTrue(prompt(pair.other()).contains("switchback> "));
          pair.pull();
          assertTrue(await(() -> !status().state().equals("open"), 5), () -> "" + status());
          long before = answers.get();
          assertTrue(await(() -> answers.get() > before + 3, 5), "the switches are answered");
          pair.plugIn();
        }
        assertTrue(await(() -> status().state().equals("open"), 5), () -> "" + status());
      }
      done.set(true);
      assertTrue(flipper.join(LIMIT));
    }
    assertTrue(answers.get() > 20, () -> answers + " answers");
  }

  /** The reader waits for bytes, and a second thread tells the session of the time. */
  @Test
  void whatGoesOnWithoutBytesIsPrinted() throws Exception {
    try (PtyPair pair = PtyPair.open(directory);
        device;
        Cable cable = new Cable(device, Cable.port(pair.one().toString(), 115_200), 115_200)) {
      device.start();
      cable.start();
      assertTrue(await(() -> status().state().equals("open"), 5));
      try (ByteLink person = new SerialPort(pair.other().toString(), 115_200).open()) {
        assertTrue(device.awaitMaintenance(LIMIT));
        person.write("watch\r".getBytes(StandardCharsets.US_ASCII), 0, 6);
        assertTrue(reads(person, "A=0 B=0 LED=0"));
        board.set(1, true);
        assertTrue(reads(person, "A=0 B=1 LED=1"));
        board.set(0, true);
        assertTrue(reads(person, "A=1 B=1 LED=0"));
      }
    }
  }

  /** Within 2 s: less than a reader of the device waits for bytes. */
  private static boolean reads(ByteLink person, String text) throws LinkException {
    byte[] buffer = new byte[100];
    StringBuilder found = new StringBuilder();
    for (int poll = 0; poll < 20 && found.indexOf(text) < 0; poll++) {
      found.append(new String(buffer, 0, person.read(buffer), StandardCharsets.US_ASCII));
    }
    return found.indexOf(text) >= 0;
  }

  @Test
  void closingEndsAReadThatWaits() throws Exception {
    try (PtyPair pair = PtyPair.open(directory);
        device) {
      device.start();
      Cable cable = new Cable(device, Cable.port(pair.one().toString(), 115_200), 115_200);
      cable.start();
      assertTrue(await(() -> status().state().equals("open"), 5));
      long before = System.nanoTime();
      cable.close();
      assertTrue(System.nanoTime() - before < 1_000_000_000L);
      assertTrue(prompt(pair.other()).isEmpty(), "nobody is there any more");
    }
  }
}
