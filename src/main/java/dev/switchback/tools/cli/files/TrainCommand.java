package dev.switchback.tools.cli.files;

import dev.switchback.ExitCode;
import dev.switchback.ProgressLine;
import dev.switchback.Refusal;
import dev.switchback.core.Engine;
import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.FormatException;
import dev.switchback.format.ImageMetadata;
import dev.switchback.lesson.NamedTruth;
import dev.switchback.lesson.TrainingAdvice;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.NetworkOptions;
import dev.switchback.tools.cli.Subcommand;
import dev.switchback.tools.cli.WholeNumber;
import dev.switchback.tools.foreign.LayoutName;
import dev.switchback.tools.foreign.Stated;
import dev.switchback.tools.foreign.WeightFile;
import dev.switchback.tools.foreign.WeightFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code switchback train}: trains a network to a file, or studies many seeds. */
@Command(
    name = "train",
    description = {
      "Trains a network and writes it to a file.",
      "",
      "The exit code is 0 if the file was written; the result says whether the network answers its"
          + " truth table. Ctrl-C ends the training and writes the best weights so far. With"
          + " --study, trains from many seeds and prints how many epochs they took.",
      ""
    })
public final class TrainCommand extends Subcommand {
  private static final int MAX_LOG_ROWS = 100_000;

  /** Approximate number of pictures of a training with a fixed number of epochs. */
  private static final int FRAMES = 50;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      completionCandidates = FileNames.NewWeights.class,
      description =
          "Output file for the weights; its extension selects the format, as for convert. Without"
              + " one: safetensors.")
  private @Nullable Path weights;

  @Option(
      names = "--truth",
      paramLabel = "NAME|DIGITS",
      defaultValue = "xor",
      description = {
        "and, or, xor, nand, nor or xnor; or the answer for each switch position, AB = 00, 01, 10,"
            + " 11: 2 to 256 digits. Default: ${DEFAULT-VALUE}."
      })
  private String truthText = "xor";

  private TruthTable truth = TruthTable.XOR;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      defaultValue = "device",
      description = "Training recipe; see 'switchback recipes'. Default: ${DEFAULT-VALUE}.")
  private NamedRecipe recipe = NamedRecipe.DEVICE;

  @Option(
      names = "--topology",
      paramLabel = "WIDTHS",
      description = "Layer widths. Default: from the recipe; 2-2-1 for device and two switches.")
  private @Nullable String topology;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      split = ",",
      description = {
        "sigmoid, tanh, relu or linear, or softmax in the output layer.",
        "One name for all layers, or a comma-separated list, one per layer. Default: from the recipe."
      })
  private List<Activation> activations = List.of();

  @Option(
      names = "--engine",
      paramLabel = "float|fixed",
      defaultValue = "float",
      description = "Arithmetic to use. Default: ${DEFAULT-VALUE}.")
  private Engine engine = Engine.FLOAT;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = WholeNumber.class,
      defaultValue = "1",
      description = "Seed of the random numbers. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--init",
      paramLabel = "FILE",
      completionCandidates = FileNames.Weights.class,
      description = "Start from these weights instead of random ones: " + InputFile.FORMATS)
  private @Nullable Path init;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = WholeNumber.Count.class,
      description = "Train at most N epochs, including restarts. Default: from the recipe.")
  private @Nullable Integer epochs;

  @Option(
      names = "--log-every",
      paramLabel = "N",
      converter = WholeNumber.Count.class,
      description = {
        "Print loss and outputs every N epochs, and write them to a log beside FILE, such as"
            + " xor.log.csv for xor.safetensors; 'plot --kind loss' draws it.",
        "With --study: count the solved runs every N epochs."
      })
  private @Nullable Integer logEvery;

  @Option(
      names = "--plot",
      paramLabel = "DIR",
      completionCandidates = FileNames.Directories.class,
      description = {
        "Draw the decision map during training: DIR/map-EPOCH.svg and the animated DIR/forming.svg.",
        "Replaces the pictures of an earlier training."
      })
  private @Nullable Path plot;

  @Option(
      names = "--plot-every",
      paramLabel = "N",
      converter = WholeNumber.Count.class,
      description = "Epochs between pictures. Default: chosen for about 50 pictures.")
  private @Nullable Integer plotEvery;

  @Mixin private LedOption led = new LedOption();

  @Option(
      names = "--study",
      paramLabel = "N",
      converter = Study.Runs.class,
      description = {
        "Train from N seeds, starting with --seed, and print a table. The device recipe"
            + " without --topology is run for 2-2-1 and 2-3-1."
      })
  private @Nullable Integer study;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Override
  protected void run() throws Exception {
    truth = truth();
    if (plotEvery != null && plot == null) {
      throw usage("--plot-every needs --plot DIR");
    }
    if (led.isGiven() && plot == null) {
      throw usage("--led needs --plot DIR");
    }
    if (study != null) {
      study(study);
    } else if (weights != null) {
      train(weights);
    } else {
      throw usage("name the output file: --out FILE (or use --study N, which writes none)");
    }
  }

  /** Parses the truth table; a name applies to the number of inputs of the topology. */
  private TruthTable truth() {
    try {
      return NamedTruth.parse(truthText, NamedTruth.inputs(topology, 2));
    } catch (IllegalArgumentException e) {
      throw usage("Invalid value for option '--truth': " + e.getMessage());
    }
  }

  private void train(Path file) throws IOException, Refusal {
    TrainOutput output = new TrainOutput(file, format(file), plot);
    Parameters start = start();
    Recipe rule = recipe(start == null ? topology(topology) : start.topology());
    TrainingSession session = session(rule, start);
    int logEpochs = logEvery == null ? 0 : logEpochs(logEvery, rule);
    TrainRun run = new TrainRun(session, logEpochs, frameEpochs(rule), led.index(truth.leds()));
    output.requirePlaces(init, session, metadata());
    try (Interruption interruption = new Interruption()) {
      boolean isComplete =
          run.run(new ProgressLine(err()), interruption::isRequested, json ? null : out());
      requireResult(session);
      List<Path> written = output.write(run, metadata());
      TrainReport report =
          new TrainReport(
              recipe, init, run, written, isComplete, output.warnings(session.result()));
      print(json, report);
      report.warn(err());
    }
  }

  private WeightFormat format(Path file) {
    if (String.valueOf(file.getFileName()).lastIndexOf('.') <= 0) {
      return WeightFormat.SAFETENSORS;
    }
    try {
      return WeightFile.writable(file, LayoutName.NUMPY);
    } catch (FormatException e) {
      throw usage("--out " + file + ": " + e.getMessage());
    }
  }

  /** Returns metadata on the origin of the weights. */
  private Map<String, String> metadata() {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(ImageMetadata.ENGINE, engine.label());
    metadata.put(ImageMetadata.RECIPE, recipe.label());
    metadata.put(ImageMetadata.SEED, Long.toString(seed));
    metadata.put(ImageMetadata.LESSON, truth.toString());
    if (init != null) {
      metadata.put("init", String.valueOf(init.getFileName()));
    }
    return metadata;
  }

  private @Nullable Parameters start() throws IOException, Refusal {
    if (init == null) {
      return null;
    }
    WeightFile read = InputFile.weights(init, Stated.NOTHING.assuming(this::activations));
    NetworkOptions.report(init, read, err());
    Parameters start = read.parameters();
    Topology found = start.topology();
    if (topology != null && !found.toString().equals(topology)) {
      throw usage("--init " + init + " is " + found + ", not --topology " + topology);
    }
    if (!activations.isEmpty() && !found.equals(topology(found.toString()))) {
      throw usage(
          "--init "
              + init
              + " has activations "
              + found.activationLabels()
              + ", not those of --activation");
    }
    return start;
  }

  /** Returns the given activations, else those of the recipe. */
  private Activation[] activations(int layers) {
    return activations.isEmpty()
        ? recipe.activations(layers)
        : Activation.ofLayers(layers, activations.toArray(Activation[]::new));
  }

  private Topology topology(@Nullable String widths) {
    return ofOptions(() -> {
      String shape = widths == null ? recipe.topology(truth).toString() : widths;
      return activations.isEmpty()
          ? recipe.topology(shape)
          : Topology.parse(shape, activations.toArray(Activation[]::new));
    });
  }

  private Recipe recipe(Topology shape) {
    return ofOptions(() -> {
      Recipe rule = recipe.recipe(shape, truth);
      return epochs == null ? rule : rule.withMaxEpochs(epochs);
    });
  }

  private TrainingSession session(Recipe rule, @Nullable Parameters start) {
    return ofOptions(() -> new TrainingSession(rule, truth, engine, seed, start));
  }

  private void requireResult(TrainingSession session) throws Refusal {
    if (!session.hasResult()) {
      throw new Refusal(
          ExitCode.USAGE,
          "nothing to write: no weights had finite outputs; " + TrainingAdvice.overflow(session));
    }
  }

  private int logEpochs(int every, Recipe rule) {
    int maxEpochs = rule.schedule().maxEpochs();
    if (maxEpochs / every >= MAX_LOG_ROWS) {
      throw usage(
          String.format(
              Locale.ROOT,
              "--log-every %d: up to %,d epochs would be %,d rows; the maximum is %,d",
              every,
              maxEpochs,
              maxEpochs / every + 1,
              MAX_LOG_ROWS));
    }
    return every;
  }

  private int frameEpochs(Recipe rule) {
    if (plot == null) {
      return 0;
    }
    if (plotEvery != null) {
      return plotEvery;
    }
    return rule.schedule().endsWhenSolved() ? 1 : roundEpochs(rule.schedule().maxEpochs() / FRAMES);
  }

  /** Rounds down to 1, 2, 5, 10, 20, 50 ...; at least 1. */
  private static int roundEpochs(int epochs) {
    int round = 1;
    for (long decade = 1; decade <= epochs; decade *= 10) {
      for (int digit = 1; digit * decade <= epochs && digit <= 5; digit += digit == 1 ? 1 : 3) {
        round = (int) (digit * decade);
      }
    }
    return round;
  }

  private void study(int runs) throws Exception {
    if (weights != null || plot != null || init != null) {
      throw usage(
          "--study writes no files and starts from random weights: remove --out, --plot, --init");
    }
    List<Study.Figures> rows = new ArrayList<>();
    try (Interruption interruption = new Interruption()) {
      for (Topology shape : studiedTopologies()) {
        if (!interruption.isRequested()) {
          rows.add(study(runs, recipe(shape), interruption));
        }
      }
      print(json, new StudyTable(truth, recipe, engine, seed, rows));
      if (interruption.isRequested()) {
        err().println("switchback: stopped; the figures cover the finished runs");
      }
    }
  }

  private List<Topology> studiedTopologies() {
    return recipe == NamedRecipe.DEVICE && topology == null && truth.inputs() == 2
        ? List.of(topology("2-2-1"), topology("2-3-1"))
        : List.of(topology(topology));
  }

  private Study.Figures study(int runs, Recipe rule, Interruption interruption) throws Exception {
    int every = logEvery == null ? roundEpochs(rule.schedule().maxEpochs() / 4) : logEvery;
    Study work = new Study(session(rule, null), runs, every);
    ProgressLine progress = new ProgressLine(err());
    Study.Figures figures =
        work.run(
            () -> progress.update(() -> work.progress(progress.elapsedSeconds())),
            interruption::isRequested);
    progress.close();
    return figures;
  }
}
