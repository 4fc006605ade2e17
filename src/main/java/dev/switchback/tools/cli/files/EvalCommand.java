package dev.switchback.tools.cli.files;

import dev.switchback.Refusal;
import dev.switchback.core.Engine;
import dev.switchback.tools.cli.Blame;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.Subcommand;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code switchback eval}: prints the truth table of a weight file. */
@Command(
    name = "eval",
    description = {
      "Prints the truth table of a weight file, with raw outputs; or its answers to your data.",
      ""
    })
public final class EvalCommand extends Subcommand {
  @Parameters(
      paramLabel = "FILE",
      completionCandidates = FileNames.Weights.class,
      description = "Weights: " + InputFile.FORMATS)
  private Path file = Path.of("");

  @Mixin private AnswerOptions answering = new AnswerOptions();

  @Mixin private DataOptions data = new DataOptions();

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Override
  protected void run() throws Exception {
    if (data.areGiven()) {
      evaluate();
      return;
    }
    WeightFile input = answering.read(file);
    AnswerTable table =
        Blame.on(file, () -> new AnswerTable(input.parameters(), answering.engine()));
    if (json) {
      out()
          .println(
              new JsonObject()
                  .put("file", file)
                  .putAll(table.json())
                  .put("assumed", input.assumedLabels())
                  .put("warnings", input.warnings()));
    } else {
      table.print(out());
    }
  }

  private void evaluate() throws Refusal, IOException {
    if (isGiven("--coding")) {
      throw usage("--coding is for switches; --input gives the inputs as they are");
    }
    List<Engine> engines =
        isGiven("--engine") ? List.of(answering.engine()) : List.of(Engine.values());
    Evaluation evaluation = data.evaluate(answering.readForData(file), engines);
    if (json) {
      out().println(new JsonObject().put("file", file).putAll(evaluation.json()));
    } else {
      evaluation.print(out());
    }
  }
}
