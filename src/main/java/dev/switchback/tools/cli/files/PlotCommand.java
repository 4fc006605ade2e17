package dev.switchback.tools.cli.files;

import dev.switchback.Refusal;
import dev.switchback.StandardStream;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.Subcommand;
import dev.switchback.tools.plot.TerminalStyle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code switchback plot}: draws a network or its training on the terminal or to a file. */
@Command(
    name = "plot",
    description = {
      "Draws a weight file or a training log.",
      "",
      "boundary: output between the switch positions. loss: loss curve of the training. outputs:"
          + " output in every switch position. network: weights and biases. quantization: float"
          + " against fixed point.",
      ""
    })
public final class PlotCommand extends Subcommand {
  @Parameters(
      paramLabel = "FILE",
      completionCandidates = FileNames.Drawn.class,
      description = {
        "Weights: " + InputFile.FORMATS,
        "For loss: a training log (.csv), or weights with a log beside them, such as xor.log.csv"
            + " for xor.safetensors."
      })
  private Path file = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      completionCandidates = FileNames.Pictures.class,
      description = {
        "Output file: .svg or .png.",
        "Default: draw on the terminal (boundary and loss only)."
      })
  private @Nullable Path target;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = {
        "boundary, loss, outputs, network or quantization.",
        "Default: boundary; loss for a training log."
      })
  private @Nullable PlotKind kind;

  @Mixin private LedOption led = new LedOption();

  @Mixin private AnswerOptions answering = new AnswerOptions();

  @Option(
      names = "--truth",
      paramLabel = "DIGITS",
      description = {
        "The expected answer for each switch position.",
        "Default: as stored in the file, else the answers of the network."
      })
  private @Nullable TruthTable truth;

  @Option(names = "--ascii", description = "Draw on the terminal without Unicode and colour.")
  private boolean ascii;

  @Option(names = "--json", description = "With --out: print the result as one JSON object.")
  private boolean json;

  @Override
  protected void run() throws Exception {
    PlotKind wanted = effectiveKind();
    if (led.isGiven() && !wanted.isMap()) {
      throw usage("--led is for --kind boundary and --kind quantization");
    }
    if (target == null) {
      requireTerminal(wanted);
      Drawing drawing = drawing(wanted);
      out().println(drawing.caption());
      drawing
          .lines(style(System.getenv(), ascii, StandardStream.OUTPUT.isTerminal()))
          .forEach(out()::println);
    } else {
      write(wanted, target);
    }
  }

  private void write(PlotKind wanted, Path path) throws Refusal, IOException {
    PictureFile picture = ofOptions(() -> new PictureFile(path));
    Drawing drawing = drawing(wanted);
    picture.write(drawing.svg());
    if (json) {
      JsonObject where = new JsonObject().put("kind", wanted.label()).put("out", path);
      out().println(where.putAll(drawing.json()));
    } else {
      out().println("written: " + path);
    }
  }

  private PlotKind effectiveKind() {
    PlotKind asked = kind;
    boolean isLog = LossLog.isNamedSo(file);
    if (asked == null) {
      return isLog ? PlotKind.LOSS : PlotKind.BOUNDARY;
    }
    if (isLog && asked != PlotKind.LOSS) {
      throw usage("--kind " + asked.label() + " needs weights; " + file + " is a training log");
    }
    return asked;
  }

  private void requireTerminal(PlotKind wanted) {
    if (!wanted.isForTerminals()) {
      throw usage(
          "--kind %1$s is drawn only to a file: add --out %1$s.svg (or .png)"
              .formatted(wanted.label()));
    }
    if (json) {
      throw usage("--json needs --out FILE");
    }
  }

  private Drawing drawing(PlotKind wanted) throws Refusal, IOException {
    return wanted == PlotKind.LOSS
        ? LossLog.read(file)
        : PlottedNetwork.of(wanted, file, answering.read(file), answering.engine(), truth, led);
  }

  /**
   * Returns the style for standard output.
   *
   * @param isAscii whether to use plain characters
   * @param isTerminal whether a terminal shows the lines; files and pipes get no colours
   */
  static TerminalStyle style(Map<String, String> environment, boolean isAscii, boolean isTerminal) {
    TerminalStyle style = isAscii ? TerminalStyle.ASCII : TerminalStyle.of(environment);
    return style.hasColour() && !isTerminal ? TerminalStyle.MONOCHROME : style;
  }
}
