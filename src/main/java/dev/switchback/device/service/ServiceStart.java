package dev.switchback.device.service;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.BoardException;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.LogLevel;
import dev.switchback.device.store.Storage;
import org.tinylog.Logger;

/** Starts the device as a service of systemd. Whatever forbids it stands in the journal. */
public final class ServiceStart {
  private ServiceStart() {}

  /** Whether systemd started this process and waits for its messages. */
  public static boolean isAsked() {
    return System.getenv(SystemdNotify.SOCKET_VARIABLE) != null;
  }

  /** Serves until a signal ends the process. Returns an {@link ExitCode} if something else did. */
  public static int run(RunOptions options) {
    Logging.toJournal(LogLevel.INFO);
    try {
      return options.start(ServiceStart::serve);
    } catch (Refusal e) {
      Logger.error("{}", e.getMessage());
      return e.exitCode();
    } catch (BoardException e) {
      Logger.error("{}", e.getMessage());
      return e.exitCode();
    } catch (Exception e) {
      Logger.error(e, "internal error; please report it with the lines below");
      return ExitCode.INTERNAL;
    }
  }

  private static int serve(DeviceConfiguration configuration, Storage storage) {
    Logging.toJournal(configuration.logLevel());
    try (Board board = BoardOpening.openPatiently(configuration)) {
      Watchdog watchdog =
          new SystemdNotify(System.getenv(), ProcessHandle.current().pid(), Logger::warn);
      return new ServiceRun(configuration, board, storage, watchdog).run();
    }
  }
}
