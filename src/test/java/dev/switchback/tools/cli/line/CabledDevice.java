package dev.switchback.tools.cli.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.Refusal;
import dev.switchback.device.board.pi4j.SimulatedBoard;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.node.FirstWeights;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.service.WiredDevice;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.sim.PtyPair;
import dev.switchback.tools.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A whole device at one end of a cable, and commands at the other. */
public final class CabledDevice implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final PtyPair cable;
  private final SimulatedBoard board;
  private final WiredDevice wired;

  private CabledDevice(
      PtyPair cable, SimulatedBoard board, Path line, DeviceConfiguration configuration) {
    this.cable = cable;
    this.board = board;
    this.wired =
        new WiredDevice(
            configuration,
            board,
            new MemoryStorage(),
            line,
            FirstWeights.FACTORY,
            new TrainingListener() {});
  }

  /**
   * A device that has trained.
   *
   * @param directory takes the ends of the cable
   * @param settings of the configuration, one per line
   */
  public static CabledDevice open(Path directory, String... settings) throws IOException {
    PtyPair cable = PtyPair.open(Files.createDirectories(directory));
    DeviceConfiguration configuration =
        ConfigurationParser.parse("test", String.join("\n", settings).getBytes(UTF_8))
            .with(Key.PORT, cable.one().toString());
    SimulatedBoard board = SimulatedBoard.open(configuration.wiring());
    CabledDevice device = new CabledDevice(cable, board, directory.resolve("line"), configuration);
    device.start();
    assertTrue(device.wired.device().awaitMaintenance(LIMIT));
    return device;
  }

  private void start() {
    try {
      wired.start();
    } catch (Refusal e) {
      throw new AssertionError(e);
    }
  }

  /** The port that commands open. */
  String port() {
    return cable.other().toString();
  }

  PtyPair cable() {
    return cable;
  }

  SimulatedBoard board() {
    return board;
  }

  /** Runs a command over the cable. */
  public CommandLineRun run(String... args) {
    List<String> words = new ArrayList<>(List.of(args));
    words.addAll(List.of("--port", port()));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  /** What the command prints, once it has succeeded. */
  public String done(String... args) {
    CommandLineRun run = run(args);
    assertEquals(0, run.exitCode(), run.err());
    return run.out();
  }

  @Override
  public void close() throws IOException {
    wired.close();
    board.close();
    cable.close();
  }
}
