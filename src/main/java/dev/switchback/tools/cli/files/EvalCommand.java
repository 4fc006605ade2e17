package dev.switchback.tools.cli.files;

import dev.switchback.tools.cli.Blame;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.Subcommand;
import dev.switchback.tools.foreign.WeightFile;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code switchback eval}: prints the truth table of a weight file. */
@Command(name = "eval", description = "Prints the truth table of a weight file, with raw outputs.")
public final class EvalCommand extends Subcommand {
  @Parameters(
      paramLabel = "FILE",
      completionCandidates = FileNames.Weights.class,
      description = "Weights: " + InputFile.FORMATS)
  private Path file = Path.of("");

  @Mixin private AnswerOptions answering = new AnswerOptions();

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Override
  protected void run() throws Exception {
    WeightFile input = answering.read(file);
    AnswerTable table =
        Blame.on(file, () -> new AnswerTable(input.parameters(), answering.engine()));
    if (json) {
      out().println(new JsonObject().put("file", file).putAll(table.json()));
    } else {
      table.print(out());
    }
  }
}
