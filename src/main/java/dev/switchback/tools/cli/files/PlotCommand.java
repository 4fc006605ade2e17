package dev.switchback.tools.cli.files;

import dev.switchback.ExitCode;
import dev.switchback.ProgressLine;
import dev.switchback.Refusal;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.JsonOutput;
import dev.switchback.tools.plot.TerminalLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code switchback plot}: draws a network or its training, on the terminal or into a file. */
@Command(
    name = "plot",
    description = {
      "Draws a weight file or a training log.",
      "",
      "boundary: what the network answers between the switch positions. loss: how it learnt."
          + " outputs: every switch position. network: weights and biases. quantization: float"
          + " against fixed point.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PlotCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      description = {
        "Weights: " + InputFile.FORMATS,
        "For the loss a training log (.csv), or weights beside which one lies:"
            + " xor.log.csv beside xor.safetensors."
      })
  private Path file = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = {
        "Where to write the picture: .svg or .png.",
        "Default: boundary and loss are drawn on the terminal."
      })
  private @Nullable Path out;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = {
        "boundary, loss, outputs, network or quantization.",
        "Default: boundary; loss for a training log."
      })
  private @Nullable PlotKind kind;

  @Mixin private AnswerOptions answering = new AnswerOptions();

  @Option(
      names = "--truth",
      paramLabel = "DIGITS",
      description = {
        "What should be answered in each switch position.",
        "Default: what the file says, else what the network answers."
      })
  private @Nullable TruthTable truth;

  @Option(names = "--ascii", description = "Draw on the terminal without Unicode and colour.")
  private boolean ascii;

  @Option(names = "--json", description = "With --out: print the result as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PlotKind wanted = wantedKind();
    if (out != null) {
      write(wanted, pictureFile(out));
    } else {
      requireTerminal(wanted);
      draw(wanted);
    }
    return ExitCode.OK;
  }

  private PlotKind wantedKind() {
    PlotKind asked = kind;
    boolean isLog = LossLog.isNamedSo(file);
    if (asked == null) {
      return isLog ? PlotKind.LOSS : PlotKind.BOUNDARY;
    }
    if (isLog && asked != PlotKind.LOSS) {
      throw usage("--kind " + asked.label() + " draws weights; " + file + " is a training log");
    }
    return asked;
  }

  private PictureFile pictureFile(Path path) {
    try {
      return new PictureFile(path);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private void requireTerminal(PlotKind wanted) {
    if (!wanted.isForTerminals()) {
      throw usage(
          "--kind "
              + wanted.label()
              + " is for files alone: add --out "
              + wanted.label()
              + ".svg (or .png)");
    }
    if (json) {
      throw usage("--json says where the picture is: add --out FILE");
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private PlottedNetwork network() throws Refusal, IOException {
    return PlottedNetwork.of(file, answering.read(file), answering.engine(), truth);
  }

  private void write(PlotKind wanted, PictureFile target) throws Refusal, IOException {
    if (wanted == PlotKind.LOSS) {
      LossLog log = LossLog.read(file);
      target.write(log.svg());
      report(wanted, target, log::writeTo);
    } else {
      PlottedNetwork network = network();
      target.write(network.svg(wanted));
      report(wanted, target, network::writeTo);
    }
  }

  private void report(PlotKind wanted, PictureFile target, JsonOutput.Fields details)
      throws IOException {
    PrintWriter stdout = spec.commandLine().getOut();
    if (!json) {
      stdout.println("written: " + target.path());
      return;
    }
    JsonOutput.print(
        stdout,
        fields -> {
          fields.writeStringField("kind", wanted.label());
          fields.writeStringField("out", target.path().toString());
          details.write(fields);
        });
  }

  private void draw(PlotKind wanted) throws Refusal, IOException {
    TerminalPlot terminal = TerminalPlot.on(System.getenv(), ascii, ProgressLine.isTerminal());
    if (wanted == PlotKind.LOSS) {
      LossLog log = LossLog.read(file);
      print(log.caption(), terminal.loss(log));
    } else {
      PlottedNetwork network = network();
      print(network.caption(wanted), terminal.boundary(network));
    }
  }

  private void print(String caption, List<TerminalLine> lines) {
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.println(caption);
    lines.forEach(stdout::println);
  }
}
