package dev.switchback.tools.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.SystemClock;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.PtyPair;
import dev.switchback.sim.TestJvm;
import dev.switchback.wire.Port;
import dev.switchback.wire.SocketPort;
import dev.switchback.wire.serial.SerialPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, with the options of Java that are shipped, on a cable. */
final class SmallHeapDevice implements AutoCloseable {
  private static final int BAUD = 4_000_000;
  private static final int MAX_GUESTS = 32;

  private final PtyPair cable;
  private final TruthTable truth;
  private final Process program;
  private final Writer keys;
  private final BufferedReader lines;
  private final Path errors;
  private final Path socket;
  private final List<DeviceClient> guests = new ArrayList<>();
  private int row;

  /** Starts on what the directory holds, and waits for the first answer. */
  SmallHeapDevice(Path directory, TruthTable truth, String... settings) throws IOException {
    this.truth = truth;
    Path ends = Files.createDirectories(directory.resolve("cable"));
    Path config = Files.write(directory.resolve("switchback.properties"), List.of(settings));
    this.cable = PtyPair.open(ends);
    this.errors = directory.resolve("errors");
    Path state = directory.resolve("state");
    this.socket = state.resolve("line");
    List<String> words =
        List.of(
            "--board",
            "sim",
            "--config",
            config.toString(),
            "--state-dir",
            state.toString(),
            "--port",
            cable.one().toString(),
            "--baud",
            String.valueOf(BAUD));
    this.program =
        new ProcessBuilder(TestJvm.device(List.of(), words))
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    this.keys = program.outputWriter();
    this.lines = program.inputReader();
  }

  /** Sets every switch position once, and requires the answer of the truth table. */
  void requireAnswers() throws IOException {
    for (int next = 0; next <= truth.rows(); next++) {
      int changed = row ^ (next % truth.rows());
      for (int i = 0; i < truth.inputs(); i++) {
        if (TruthTable.level(changed, i, truth.inputs()) == 1) {
          flip(i);
        }
      }
    }
  }

  private void flip(int index) throws IOException {
    row ^= 1 << (truth.inputs() - 1 - index);
    keys.write((char) ('a' + index) + "\n");
    keys.flush();
    String line = lines.readLine();
    assertTrue(
        line != null && line.contains(" LED=" + truth.answer(row) + " "),
        () -> "row " + row + ": " + line + "\n" + told());
  }

  private String told() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      return e.toString();
    }
  }

  Port port() {
    return new SerialPort(cable.other().toString(), BAUD);
  }

  /** For guests, beside the cable. */
  Port socket() {
    return new SocketPort(socket);
  }

  DeviceClient client() throws LaptopException {
    return DeviceClient.open(port(), BAUD, new SystemClock());
  }

  DeploymentResult deploy(WeightImage image, boolean isForGood) throws LaptopException {
    return deploy(image, isForGood, port());
  }

  DeploymentResult deploy(WeightImage image, boolean isForGood, Port from) throws LaptopException {
    return new Deployment(image, isForGood, false, new SystemClock(), Progress.NONE)
        .over(from, BAUD);
  }

  /** Connects guests until there is room for one more. */
  void crowd() throws LaptopException {
    while (guests.size() < MAX_GUESTS - 1) {
      try {
        guests.add(DeviceClient.open(socket(), BAUD, new SystemClock()));
      } catch (LaptopException e) {
        // The socket comes last in a start.
        assertTrue(e.kind() == LaptopException.Kind.NO_PORT && guests.isEmpty(), e.toString());
        Thread.onSpinWait();
      }
    }
  }

  /** Requires that all guests are still there. */
  void requireCrowd() throws LaptopException {
    assertEquals(MAX_GUESTS - 1, guests.size());
    for (DeviceClient guest : guests) {
      assertEquals("still here", guest.echo("still here"));
    }
  }

  /** Ends the program as systemd does. */
  @Override
  public void close() throws IOException {
    guests.forEach(DeviceClient::close);
    assertTrue(program.isAlive(), this::told);
    // Not the process itself: that would end its input too, and so the program.
    program.toHandle().destroy();
    Process ended = program.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    assertEquals(128 + 15, ended.exitValue(), this::told);
    cable.close();
  }
}
