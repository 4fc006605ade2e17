package dev.switchback.tools.cli.here;

import dev.switchback.ProgressLine;
import dev.switchback.device.Main;
import dev.switchback.device.board.Board;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.service.BoardOpening;
import dev.switchback.device.service.Logging;
import dev.switchback.device.service.RunOptions;
import dev.switchback.device.store.Storage;
import dev.switchback.tools.bench.BenchRun;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.PageOptions;
import dev.switchback.tools.cli.WholeNumber;
import dev.switchback.wire.Port;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code switchback run}: runs the device on the header or simulated. */
@Command(
    name = "run",
    description = {
      "Runs the device: trains, then answers the switches on the LED.",
      "",
      "A simulated board starts without weights, unless --state-dir or FILE provides them: the LED"
          + " stays dark until training succeeds. The number of switches follows --truth,"
          + " --topology or FILE. On a header, the factory weights answer until training succeeds.",
      "",
      "On a terminal it shows the bench. Keys: ? lists all keys, a and b or 1 to 8 flip the"
          + " switches, space pauses training, s trains one epoch, + and - change the speed, l"
          + " selects the next truth table, n the next number of hidden neurons, r the next seed, t"
          + " teaches the present switch position the other answer, u goes back to the configured"
          + " lesson, f toggles between float and fixed point, m shows the map of the next LED, q quits.",
      "",
      "Without a terminal, or on one without cursor control, it reads commands from standard"
          + " input, one per line: a, b, a=1, b=0, retrain, status, quit. Each switch change prints"
          + " a line such as A=0 B=1 LED=1 output=0.9731. With empty input, the simulated board"
          + " runs through every switch position once and exits; with a port, it serves the port"
          + " until a signal ends it. The exit code is 8 if training did not succeed.",
      "",
      "As a systemd service it reads no input and logs to the journal.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private LessonOptions lesson = new LessonOptions();

  @Mixin private BoardOptions boards = new BoardOptions();

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      completionCandidates = FileNames.Directories.class,
      description = "Store the weights in DIR, across restarts. Default: in memory only.")
  private @Nullable Path stateDirectory;

  @Option(
      names = "--port",
      paramLabel = "PATH",
      completionCandidates = FileNames.Ports.class,
      description = {
        "Serial port to serve. It may be missing; it is reopened when it comes back.",
        "Default: from the configuration, else none."
      })
  private @Nullable String port;

  @Option(
      names = "--baud",
      paramLabel = "N",
      converter = Rate.class,
      description = "Baud rate of the port. Default: from the configuration, else 115200.")
  private @Nullable Integer baud;

  @Option(names = "--ascii", description = "Draw the bench without Unicode and colour.")
  private boolean ascii;

  @Option(
      names = "--lab",
      description =
          "Serve the lab, a page in the browser, instead of the bench; its address stands on"
              + " standard error. Ends on quit or a signal.")
  private boolean hasLab;

  @Mixin private PageOptions page = new PageOptions();

  /** Baud rates of serial ports. */
  static final class Rate extends WholeNumber.Limited {
    Rate() {
      super(Port.MIN_BAUD, Port.MAX_BAUD);
    }
  }

  @Override
  public Integer call() throws Exception {
    RunOptions options =
        new RunOptions(
            boards.config(),
            boards.board(),
            stateDirectory,
            port,
            baud,
            (read, storage) -> lesson.over(read, boards.config() != null, storage));
    CommandLine line = spec.commandLine();
    if (page.areGiven() && !hasLab) {
      throw new ParameterException(line, "--http-port and --open need --lab");
    }
    if (hasLab) {
      return options.start(this::serveLab);
    }
    return isScreen()
        ? options.start(this::showBench)
        : Main.run(options, line.getOut(), line.getErr());
  }

  private int showBench(DeviceConfiguration configuration, Storage storage, @Nullable Path line)
      throws Exception {
    Logging.disableOutput();
    try (Board board = BoardOpening.open(configuration)) {
      return new BenchRun(configuration, board, storage, line, ascii).run();
    }
  }

  private int serveLab(DeviceConfiguration configuration, Storage storage, @Nullable Path line)
      throws Exception {
    Logging.setLevel(configuration.get(Key.LOG_LEVEL));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, System.out.charset()));
    try (Board board = BoardOpening.open(configuration)) {
      CommandLine commands = spec.commandLine();
      return new LabRun(in, commands.getOut(), commands.getErr(), page)
          .run(configuration, board, storage, line);
    }
  }

  /** Returns whether input and output are a terminal with cursor control. */
  private static boolean isScreen() {
    String term = System.getenv().getOrDefault("TERM", "dumb");
    return !term.equals("dumb") && ProgressLine.isTerminal();
  }
}
