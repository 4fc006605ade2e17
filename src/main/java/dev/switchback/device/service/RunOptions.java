package dev.switchback.device.service;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.device.config.BoardChoice;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.store.DirectoryStorage;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.device.store.Storage;
import dev.switchback.device.store.StorageInUseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code run} is told on its command line; null is what was not said. Knows nothing of
 * picocli, whose classes no AOT cache takes: parsing with it is half of a start.
 */
public record RunOptions(
    @Nullable Path config,
    @Nullable BoardChoice board,
    @Nullable Path stateDirectory,
    @Nullable String port,
    @Nullable Integer baud) {

  private static final Set<String> NAMES =
      Set.of("--config", "--board", "--state-dir", "--port", "--baud");

  /** What a device is started with. */
  public interface Start {
    int over(DeviceConfiguration configuration, Storage storage) throws Exception;
  }

  /**
   * Reads the plain form {@code run --name value ...}, as a unit file has it.
   *
   * @return null if it is anything else, right or wrong: that is for picocli to judge
   */
  public static @Nullable RunOptions ofPlain(String... args) {
    Map<String, String> values = new HashMap<>();
    for (int i = 1; i + 1 < args.length; i += 2) {
      if (!NAMES.contains(args[i]) || values.put(args[i], args[i + 1]) != null) {
        return null;
      }
    }
    if (args.length % 2 == 0 || !args[0].equals("run")) {
      return null;
    }
    try {
      String board = values.get("--board");
      String baud = values.get("--baud");
      return new RunOptions(
          path(values.get("--config")),
          board == null ? null : BoardChoice.of(board),
          path(values.get("--state-dir")),
          values.get("--port"),
          baud == null ? null : Integer.valueOf(baud));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  /** Starts a device with this configuration and storage, which is closed after it. */
  public int start(Start start) throws Exception {
    DeviceConfiguration configuration = configuration();
    if (stateDirectory == null) {
      return start.over(configuration, new MemoryStorage());
    }
    try (DirectoryStorage storage = storage(stateDirectory)) {
      return start.over(configuration, storage);
    }
  }

  private DeviceConfiguration configuration() throws Refusal {
    DeviceConfiguration read = BoardOpening.configuration(config, board);
    try {
      return read.withCable(port == null ? read.port() : port, baud == null ? read.baud() : baud);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, "--baud: " + e.getMessage(), e);
    }
  }

  private static DirectoryStorage storage(Path directory) throws Refusal, IOException {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new Refusal(ExitCode.USAGE, "--state-dir " + directory + " is not a directory");
    }
    try {
      return DirectoryStorage.open(directory);
    } catch (StorageInUseException e) {
      throw new Refusal(ExitCode.BUSY, String.valueOf(e.getMessage()), e);
    }
  }
}
