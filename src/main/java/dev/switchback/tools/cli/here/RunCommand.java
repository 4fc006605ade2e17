package dev.switchback.tools.cli.here;

import dev.switchback.ProgressLine;
import dev.switchback.device.Main;
import dev.switchback.device.board.Board;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.service.BoardOpening;
import dev.switchback.device.service.Logging;
import dev.switchback.device.service.RunOptions;
import dev.switchback.device.store.Storage;
import dev.switchback.tools.bench.BenchRun;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.WholeNumber;
import dev.switchback.wire.Port;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code switchback run}: the device, on the header or simulated. */
@Command(
    name = "run",
    description = {
      "Runs the device: trains, then answers the switches on the LED.",
      "",
      "A simulated board begins with nothing, unless --state-dir keeps weights or FILE brings them:"
          + " the LED is dark until a network has learnt. It has as many switches as --truth,"
          + " --topology or FILE ask for. On a header the factory weights answer until then.",
      "",
      "On a terminal it shows the bench; key ? tells the others: a and b flip the switches, space"
          + " pauses the training, s takes one epoch, + and - change its speed, l takes the next"
          + " truth table, n the next number of hidden neurons, r the next seed, f changes between"
          + " float and fixed, q quits.",
      "",
      "Without a terminal, or on one that cannot place its cursor, lines on standard input drive"
          + " it: a, b, a=1, b=0, retrain, status, quit. Each switch change prints a line such as"
          + " A=0 B=1 LED=1 output=0.9731. With no input at all the simulated board plays every"
          + " switch position once and ends; with a port it serves that until a signal ends it."
          + " Where nothing was learnt it ends with exit code 8.",
      "",
      "As a service of systemd it reads no input and logs to the journal.",
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
      description = "Keep the weights there over restarts. Default: in memory only.")
  private @Nullable Path stateDirectory;

  @Option(
      names = "--port",
      paramLabel = "PATH",
      completionCandidates = FileNames.Ports.class,
      description = {
        "Serial port of the cable; it may be missing, vanish and come back.",
        "Default: the configuration's, which is none unless changed."
      })
  private @Nullable String port;

  @Option(
      names = "--baud",
      paramLabel = "N",
      converter = Rate.class,
      description = "Bits per second on it. Default: the configuration's, which is 115200.")
  private @Nullable Integer baud;

  @Option(names = "--ascii", description = "Draw the bench without Unicode and colour.")
  private boolean ascii;

  /** What a serial port takes. */
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
    return isScreen()
        ? options.start(this::showBench)
        : Main.run(options, line.getOut(), line.getErr());
  }

  private int showBench(DeviceConfiguration configuration, Storage storage) throws Exception {
    Logging.disableOutput();
    try (Board board = BoardOpening.open(configuration)) {
      return new BenchRun(configuration, board, storage, ascii).run();
    }
  }

  /** Whether a person looks on: a terminal at both ends, and one that can place its cursor. */
  private static boolean isScreen() {
    String term = System.getenv().getOrDefault("TERM", "dumb");
    return !term.equals("dumb") && ProgressLine.isTerminal();
  }
}
