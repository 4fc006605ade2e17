package dev.switchback.device.service;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.device.config.BoardChoice;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.store.DirectoryStorage;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.device.store.Storage;
import dev.switchback.device.store.StorageInUseException;
import dev.switchback.wire.Port;
import dev.switchback.wire.SocketPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line of the program on the board; null for options not given. Parsed here, because
 * the board has no library for it.
 */
public record RunOptions(
    @Nullable Path config,
    @Nullable BoardChoice board,
    @Nullable Path stateDirectory,
    @Nullable String port,
    @Nullable Integer baud,
    Preparation preparation) {

  private static final List<String> NAMES =
      List.of("--config", "--board", "--state-dir", "--port", "--baud");

  private static final Preparation AS_READ = (read, _) -> read;

  /** Options of the program on the board, which changes nothing that it reads. */
  RunOptions(
      @Nullable Path config,
      @Nullable BoardChoice board,
      @Nullable Path stateDirectory,
      @Nullable String port,
      @Nullable Integer baud) {
    this(config, board, stateDirectory, port, baud, AS_READ);
  }

  /** Changes the configuration before a device starts. */
  public interface Preparation {
    DeviceConfiguration of(DeviceConfiguration read, Storage storage) throws Exception;
  }

  /** Runs a device. */
  public interface Start {
    /**
     * Runs it until it ends.
     *
     * @param line path of its socket; null for none
     * @return the exit code
     */
    int over(DeviceConfiguration configuration, Storage storage, @Nullable Path line)
        throws Exception;
  }

  /**
   * Reads {@code --name value} and {@code --name=value}.
   *
   * @throws Refusal naming the wrong argument and what is allowed
   */
  public static RunOptions parse(String... args) throws Refusal {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      String name = equals < 0 ? args[i] : args[i].substring(0, equals);
      if (!NAMES.contains(name)) {
        throw usage("'" + name + "' is none of " + String.join(", ", NAMES));
      }
      if (equals < 0 && ++i == args.length) {
        throw usage(name + " needs a value");
      }
      if (values.put(name, equals < 0 ? args[i] : args[i].substring(equals + 1)) != null) {
        throw usage(name + " is there twice");
      }
    }
    try {
      String board = values.get("--board");
      String baud = values.get("--baud");
      return new RunOptions(
          path(values.get("--config")),
          board == null ? null : BoardChoice.of(board),
          path(values.get("--state-dir")),
          values.get("--port"),
          baud == null ? null : rate(baud));
    } catch (IllegalArgumentException e) {
      throw invalid("--board", String.valueOf(e.getMessage()));
    }
  }

  private static int rate(String text) throws Refusal {
    int rate;
    try {
      rate = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      rate = 0;
    }
    if (rate < Port.MIN_BAUD || rate > Port.MAX_BAUD) {
      throw invalid(
          "--baud",
          "'%s': a whole number expected, %d to %d".formatted(text, Port.MIN_BAUD, Port.MAX_BAUD));
    }
    return rate;
  }

  private static Refusal invalid(String option, String reason) {
    return usage("Invalid value for option '" + option + "': " + reason);
  }

  private static Refusal usage(String message) {
    return new Refusal(ExitCode.USAGE, message);
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  /** Runs {@code start} with the configuration and storage, and closes the storage. */
  public int start(Start start) throws Exception {
    DeviceConfiguration configuration = configuration();
    if (stateDirectory == null) {
      return start(start, configuration, new MemoryStorage());
    }
    try (DirectoryStorage storage = storage(stateDirectory)) {
      return start(start, configuration, storage);
    }
  }

  private int start(Start start, DeviceConfiguration read, Storage storage) throws Exception {
    return start.over(preparation.of(read, storage), storage, line(System.getenv()));
  }

  /**
   * Returns the path of the socket: in the directory that systemd made for the service, else beside
   * the weights; null if they are in memory.
   */
  @Nullable Path line(Map<String, String> environment) {
    String name = SocketPort.SERVICE.getFileName().toString();
    String runtime = environment.get(ConfigurationCopy.DIRECTORY_VARIABLE);
    if (runtime != null && environment.containsKey(SystemdNotify.SOCKET_VARIABLE)) {
      return Path.of(runtime, name);
    }
    return stateDirectory == null ? null : stateDirectory.resolve(name);
  }

  private DeviceConfiguration configuration() throws Refusal {
    DeviceConfiguration read = BoardOpening.configuration(config, board);
    DeviceConfiguration wired = port == null ? read : read.with(Key.PORT, port);
    return baud == null ? wired : wired.with(Key.BAUD, baud);
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
