package dev.switchback.cli;

import dev.switchback.image.Safetensors;
import dev.switchback.nn.Activation;
import dev.switchback.nn.Model;
import dev.switchback.nn.Recipe;
import dev.switchback.nn.Recipes;
import dev.switchback.nn.Samples;
import dev.switchback.nn.Topology;
import dev.switchback.nn.Trainer;
import dev.switchback.nn.TruthTable;
import dev.switchback.nn.fixed.Engine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code switchback train}: trains a network and writes it, or studies many seeds. */
@Command(
    name = "train",
    description = {
      "Trains a network and writes it as safetensors.",
      "",
      "Exits 0 when the file is written; whether the network answers its truth table stands in the"
          + " result. With --study, trains from many seeds and prints how many epochs they took.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private static final int MAX_STUDY = 100_000_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Where to write the weights (safetensors).")
  private @Nullable Path out;

  @Option(
      names = "--truth",
      paramLabel = "DIGITS",
      defaultValue = "0110",
      description = {
        "Answer for each switch position, AB = 00, 01, 10, 11; 2 to 256 digits.",
        "Default: ${DEFAULT-VALUE} (XOR)."
      })
  private TruthTable truth = TruthTable.XOR;

  @Option(
      names = "--topology",
      paramLabel = "WIDTHS",
      description = "Layer widths. Default: chosen for the truth table, 2-2-1 for two switches.")
  private @Nullable String topology;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "sigmoid",
      description = {
        "sigmoid, tanh, relu or linear, or softmax in the output layer.",
        "One name for all layers, or one per layer, joined by commas. Default: ${DEFAULT-VALUE}."
      })
  private List<Activation> activations = List.of(Activation.SIGMOID);

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      defaultValue = Recipes.DEVICE,
      description = "How to train. Default: ${DEFAULT-VALUE}.")
  private String recipeName = Recipes.DEVICE;

  @Option(
      names = "--engine",
      paramLabel = "float|fixed",
      defaultValue = "float",
      description = "Arithmetic to train in. Default: ${DEFAULT-VALUE}.")
  private Engine engine = Engine.FLOAT;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Start of the random stream. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Give up after N epochs, restarts included.")
  private @Nullable Integer epochs;

  @Option(
      names = "--study",
      paramLabel = "N",
      description = {
        "Train from N seeds, --seed onwards, and print a table;",
        "without --topology for 2-2-1 and 2-3-1."
      })
  private @Nullable Integer study;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (study != null) {
      return study(study);
    }
    if (out == null) {
      throw usage("name the file to write: --out FILE (or --study N to only measure)");
    }
    train(out);
    return ExitCode.OK;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Recipe recipe(@Nullable String widths) {
    try {
      Topology shape =
          Topology.parse(
              widths == null ? Recipes.deviceTopology(truth.inputs()) : widths,
              activations.toArray(Activation[]::new));
      Samples.of(truth, shape);
      Recipe recipe = Recipes.named(recipeName, shape, truth);
      return epochs == null ? recipe : recipe.withMaxEpochs(epochs);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private void train(Path file) throws IOException {
    Recipe recipe = recipe(topology);
    Trainer trainer = trainer(recipe);
    ProgressLine progress = new ProgressLine(spec.commandLine().getErr());
    while (trainer.step()) {
      progress.update(() -> describe(trainer));
    }
    progress.close();
    Files.write(
        file,
        Safetensors.write(
            trainer.result(),
            Map.of(
                "engine", engine.label(),
                "recipe", recipe.name(),
                "seed", Long.toString(seed),
                "truth", truth.toString())));
    report(file, trainer);
  }

  private Trainer trainer(Recipe recipe) {
    try {
      return new Trainer(
          recipe, engine.learner(recipe, Samples.of(truth, recipe.topology())), seed);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private static String describe(Trainer trainer) {
    return String.format(
        Locale.ROOT,
        "epoch %,d of at most %,d, loss %.5f, %d restarts",
        trainer.epochs(),
        trainer.maxEpochs(),
        trainer.loss(),
        trainer.restarts());
  }

  private void report(Path file, Trainer trainer) throws IOException {
    Model model = engine.model(trainer.result());
    PrintWriter stdout = spec.commandLine().getOut();
    Answers answers = Answers.of(model);
    if (json) {
      JsonOutput.print(
          stdout,
          fields -> {
            fields.writeStringField("recipe", recipeName);
            fields.writeNumberField("seed", seed);
            fields.writeStringField("truth", truth.toString());
            fields.writeBooleanField("solved", trainer.isSolved());
            fields.writeNumberField("epochs", trainer.epochs());
            fields.writeNumberField("restarts", trainer.restarts());
            fields.writeNumberField("loss", trainer.resultLoss());
            fields.writeStringField("out", file.toString());
            answers.writeTo(fields, engine);
          });
    } else {
      stdout.printf(
          Locale.ROOT,
          "%s after %d epochs and %d restarts (seed %d), loss %.5f%n",
          trainer.isSolved() ? "solved" : "not solved",
          trainer.epochs(),
          trainer.restarts(),
          seed,
          trainer.resultLoss());
      answers.print(stdout, engine);
      stdout.println("written: " + file);
    }
    if (!trainer.isSolved()) {
      spec.commandLine()
          .getErr()
          .println("switchback: warning: " + Recipes.advice(model.topology()));
    }
  }

  private int study(int runs) throws Exception {
    if (runs < 1 || runs > MAX_STUDY) {
      throw usage("--study " + runs + ": 1 to " + MAX_STUDY + " runs");
    }
    if (out != null) {
      throw usage("--study writes no file: leave out --out");
    }
    List<Study.Figures> rows = new ArrayList<>();
    for (String widths : studiedTopologies()) {
      rows.add(study(runs, recipe(widths)));
    }
    StudyTable report = new StudyTable(truth, recipeName, engine, seed, rows);
    if (json) {
      JsonOutput.print(spec.commandLine().getOut(), report::writeTo);
    } else {
      report.print(spec.commandLine().getOut());
    }
    return ExitCode.OK;
  }

  private List<String> studiedTopologies() {
    if (topology != null) {
      return List.of(topology);
    }
    return truth.inputs() == 2
        ? List.of("2-2-1", "2-3-1")
        : List.of(Recipes.deviceTopology(truth.inputs()));
  }

  private Study.Figures study(int runs, Recipe recipe) throws Exception {
    Study work = new Study(recipe, truth, engine, seed, runs);
    ProgressLine progress = new ProgressLine(spec.commandLine().getErr());
    Study.Figures figures =
        work.run(() ->
            progress.update(() ->
                String.format(
                    Locale.ROOT,
                    "%s: %,d of %,d seeds, %d unsolved, about %.0f s left",
                    recipe.topology(),
                    work.done(),
                    runs,
                    work.unsolved(),
                    progress.elapsedSeconds() * (runs - work.done()) / Math.max(1, work.done()))));
    progress.close();
    return figures;
  }
}
