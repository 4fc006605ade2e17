package dev.switchback.device;

import dev.switchback.ExitCode;
import dev.switchback.Program;
import dev.switchback.Refusal;
import dev.switchback.StandardOutput;
import dev.switchback.device.board.Board;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.config.LogLevel;
import dev.switchback.device.service.BoardOpening;
import dev.switchback.device.service.ConfigurationCopy;
import dev.switchback.device.service.LineRun;
import dev.switchback.device.service.Logging;
import dev.switchback.device.service.RunOptions;
import dev.switchback.device.service.ServiceRun;
import dev.switchback.device.service.SystemdNotify;
import dev.switchback.device.store.Storage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The program on the board: a service if systemd started it, otherwise a device driven by lines on
 * standard input. It needs none of the command line's libraries.
 */
public final class Main {
  private Main() {}

  /** Runs until the device ends or a signal arrives, and exits with an {@link ExitCode}. */
  public static void main(String[] args) {
    PrintWriter out = new StandardOutput();
    PrintWriter err = Program.writer(System.err);
    int exitCode;
    try {
      exitCode = run(RunOptions.parse(args), out, err);
    } catch (Exception e) {
      exitCode = Program.explain(e, err).exitCode();
    }
    System.exit(Program.end(exitCode, out, err));
  }

  /**
   * Runs a device in this process until it ends.
   *
   * @return an {@link ExitCode}
   */
  public static int run(RunOptions options, PrintWriter out, PrintWriter err) throws Exception {
    return SystemdNotify.isAvailable()
        ? serve(options)
        : options.start((configuration, storage, line) -> {
          Logging.setLevel(configuration.get(Key.LOG_LEVEL));
          try (Board board = BoardOpening.open(configuration)) {
            BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, System.out.charset()));
            return new LineRun(configuration, board, storage, line, in, out, err).run();
          }
        });
  }

  /** Reports a failed start in the journal and in systemd's status. */
  private static int serve(RunOptions options) {
    Logging.toJournal(LogLevel.INFO);
    SystemdNotify systemd =
        new SystemdNotify(System.getenv(), ProcessHandle.current().pid(), Logger::warn);
    try {
      return options.start((configuration, storage, line) -> {
        if (options.config() != null) {
          ConfigurationCopy.write(options.config(), System.getenv());
        }
        return serve(configuration, storage, line, systemd);
      });
    } catch (Exception e) {
      systemd.cannotStart(String.valueOf(e.getMessage()));
      if (e instanceof Program.Failure failure) {
        Logger.error("{}", failure.getMessage());
        return failure.exitCode();
      }
      Logger.error(e, "internal error; please report it with the lines below");
      return ExitCode.INTERNAL.code();
    }
  }

  private static int serve(
      DeviceConfiguration configuration,
      Storage storage,
      @Nullable Path line,
      SystemdNotify systemd)
      throws Refusal {
    Logging.toJournal(configuration.get(Key.LOG_LEVEL));
    try (Board board = BoardOpening.openWithRetries(configuration)) {
      return new ServiceRun(configuration, board, storage, line, systemd).run();
    }
  }
}
