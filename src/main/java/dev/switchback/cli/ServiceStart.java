package dev.switchback.cli;

import dev.switchback.board.linux.SystemdNotify;
import dev.switchback.hal.Board;
import dev.switchback.hal.BoardException;
import dev.switchback.hal.Storage;
import dev.switchback.hal.Watchdog;
import dev.switchback.node.DeviceConfiguration;
import dev.switchback.node.LogLevel;
import org.tinylog.Logger;

/** Starts the device as a service of systemd. Whatever forbids it stands in the journal. */
final class ServiceStart {
  private ServiceStart() {}

  /** Whether systemd started this process and waits for its messages. */
  static boolean isAsked() {
    return System.getenv(SystemdNotify.SOCKET_VARIABLE) != null;
  }

  /** Serves until a signal ends the process. Returns an {@link ExitCode} if something else did. */
  static int run(RunOptions options) {
    Logging.toJournal(LogLevel.INFO);
    try {
      return options.start(ServiceStart::serve);
    } catch (Refusal e) {
      Logger.error("{}", e.getMessage());
      return e.exitCode();
    } catch (BoardException e) {
      Logger.error("{}", e.getMessage());
      return ExitCode.of(e.kind());
    } catch (Exception e) {
      Logger.error(e, "internal error; please report it with the lines below");
      return ExitCode.INTERNAL;
    }
  }

  private static int serve(DeviceConfiguration configuration, Storage storage) {
    Logging.toJournal(configuration.logLevel());
    try (Board board = StuckBoard.ifAsked(BoardOpening.openPatiently(configuration))) {
      Watchdog watchdog =
          new SystemdNotify(System.getenv(), ProcessHandle.current().pid(), Logger::warn);
      return new ServiceRun(configuration, board, storage, watchdog).run();
    }
  }
}
