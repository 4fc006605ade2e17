package dev.switchback.device.cable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.sim.FakeBoard;
import dev.switchback.sim.PtyPair;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.serial.SerialPort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/** A running device at one end of a cable of pseudo-terminals, and a peer at the other. */
final class PtyDevice implements AutoCloseable {
  static final int BAUD = 115_200;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long POLL_NANOS = 1_000_000;
  private static final String PROMPT = "switchback> ";

  final Device device =
      new Device(
          DeviceConfiguration.defaults(),
          new FakeBoard(2),
          new MemoryStorage(),
          new TrainingListener() {});
  private final PtyPair pair;
  private final Cable cable;

  /** Returns the other end, open. */
  final ByteLink line;

  private final byte[] buffer = new byte[4096];
  private final StringBuilder received = new StringBuilder();

  /**
   * @param directory takes the links to both ends
   */
  PtyDevice(Path directory) throws IOException {
    pair = PtyPair.open(directory);
    cable = new Cable(device, Cable.port(pair.one().toString(), BAUD), BAUD);
    device.start();
    assertTrue(device.awaitMaintenance(LIMIT));
    cable.start();
    line = new SerialPort(pair.other().toString(), BAUD).open();
    type("\r");
    await(PROMPT);
  }

  /** Returns the path of the other end, for programs. */
  Path path() {
    return pair.other();
  }

  void type(String text) throws LinkException {
    byte[] bytes = text.getBytes(ISO_8859_1);
    line.write(bytes, 0, bytes.length);
  }

  /** Reads until a text arrives, and returns everything before it. */
  String await(String end) throws LinkException {
    long limitNanos = System.nanoTime() + LIMIT.toNanos();
    while (received.indexOf(end) < 0) {
      assertTrue(System.nanoTime() - limitNanos < 0, () -> "no '" + end + "' in: " + received);
      received.append(new String(buffer, 0, line.read(buffer), ISO_8859_1));
    }
    int found = received.indexOf(end);
    String before = received.substring(0, found);
    received.delete(0, found + end.length());
    return before;
  }

  /** Waits until the device has sent a number of bytes, without reading them. */
  void awaitUnread(int bytes) {
    long wanted = sentBytes() + bytes;
    long limitNanos = System.nanoTime() + LIMIT.toNanos();
    while (sentBytes() < wanted) {
      assertTrue(System.nanoTime() - limitNanos < 0, "the device is silent");
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private long sentBytes() {
    return Objects.requireNonNull(device.status().cable()).bytesOut();
  }

  /** Types a line and returns what it prints. */
  String command(String command) throws LinkException {
    type(command + "\r");
    await(command + "\r\n");
    return await(PROMPT);
  }

  @Override
  public void close() throws IOException {
    line.close();
    cable.close();
    device.close();
    pair.close();
  }
}
