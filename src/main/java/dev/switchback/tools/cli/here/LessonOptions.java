package dev.switchback.tools.cli.here;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Line;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.config.Lesson;
import dev.switchback.device.node.StoredWeights;
import dev.switchback.device.service.BoardOpening;
import dev.switchback.device.store.Storage;
import dev.switchback.device.store.StoreException;
import dev.switchback.format.ImageMetadata;
import dev.switchback.format.ImageSelfTest;
import dev.switchback.format.LessonRule;
import dev.switchback.format.WeightImage;
import dev.switchback.lesson.NamedTruth;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.NetworkOptions;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Options of {@code run} for what the device learns and its initial weights. They override the
 * configuration file.
 */
final class LessonOptions {
  /** Lines of an unconfigured simulated board; it uses as many as the lesson needs. */
  private static final List<Line> SIMULATED_SWITCHES = lines(17, 27, 23, 24, 25, 5, 6, 13);

  private static final List<Line> SIMULATED_LEDS = lines(22, 26, 16, 20, 21, 19, 12, 4);

  private static List<Line> lines(int... numbers) {
    return IntStream.of(numbers).<Line>mapToObj(Line.Bcm::new).toList();
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--truth",
      paramLabel = "NAME|DIGITS",
      description = {
        "Truth table: and, or, xor, nand, nor or xnor; or the answer for each switch position.",
        "Default: that of FILE, else from the configuration, else xor."
      })
  private @Nullable String truth;

  @Option(
      names = "--topology",
      paramLabel = "WIDTHS",
      description = "Layer widths, such as 2-3-1. Default: those of FILE, else from the recipe.")
  private @Nullable String topology;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      description = "Training recipe; see 'switchback recipes'. Default: device.")
  private @Nullable NamedRecipe recipe;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the first training; each retraining uses the next seed. Default: 1.")
  private @Nullable String seed;

  @CommandLine.Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Initial weights, used from the start: " + InputFile.FORMATS)
  private @Nullable Path file;

  @Mixin private NetworkOptions network = new NetworkOptions();

  /**
   * Applies the options to a configuration.
   *
   * @param isConfigured whether a configuration file names the switches
   * @param storage receives the weights of the file
   */
  DeviceConfiguration over(DeviceConfiguration read, boolean isConfigured, Storage storage)
      throws Refusal, IOException {
    WeightFile weights = file == null ? null : network.read(file, this::activations);
    DeviceConfiguration effective = read;
    if (recipe != null) {
      effective = effective.with(Key.RECIPE, recipe);
    }
    if (seed != null) {
      effective = effective.with(Key.SEED, value("--seed", Key.SEED, seed));
    }
    TruthTable table = table(effective, weights, !isConfigured && BoardOpening.isSimulated(read));
    effective = withTable(effective, table, isConfigured);
    effective = withTopology(effective, weights);
    if (file != null && weights != null) {
      keep(file, weights, effective, storage);
    }
    return effective;
  }

  private Activation[] activations(int layers) {
    return (recipe == null ? NamedRecipe.DEVICE : recipe).activations(layers);
  }

  /**
   * Returns the truth table, sized for the number of switches.
   *
   * @param isFree whether the options or the weights choose the number of switches
   */
  private TruthTable table(
      DeviceConfiguration effective, @Nullable WeightFile weights, boolean isFree) throws Refusal {
    TruthTable configured = effective.get(Key.TRUTH);
    int switches = isFree ? switches(weights, configured.inputs()) : configured.inputs();
    if (truth != null) {
      try {
        return NamedTruth.parse(truth, switches);
      } catch (IllegalArgumentException e) {
        throw invalid("--truth", truth, e);
      }
    }
    String trained = weights == null ? null : ImageMetadata.trainedFor(weights.metadata());
    if (trained != null) {
      try {
        return TruthTable.parse(trained);
      } catch (IllegalArgumentException e) {
        // A foreign file may note anything: it then states no table.
      }
    }
    return switches == configured.inputs() ? configured : NamedTruth.XOR.table(switches);
  }

  private int switches(@Nullable WeightFile weights, int otherwise) {
    int inputs = weights == null ? 0 : weights.parameters().topology().inputs();
    boolean isFit = inputs >= 1 && inputs <= TruthTable.MAX_INPUTS;
    return NamedTruth.inputs(topology, isFit ? inputs : otherwise);
  }

  private DeviceConfiguration withTable(
      DeviceConfiguration effective, TruthTable table, boolean isConfigured) throws Refusal {
    int switches = effective.get(Key.SWITCHES).size();
    int leds = effective.get(Key.LEDS).size();
    boolean fits = leds == 0 || table.leds() == leds;
    if (table.inputs() == switches && fits) {
      return effective.with(Key.TRUTH, table);
    }
    if (!isConfigured && BoardOpening.isSimulated(effective)) {
      return effective.with(
          SIMULATED_SWITCHES.subList(0, table.inputs()),
          SIMULATED_LEDS.subList(0, table.leds()),
          table);
    }
    String stated = truth == null ? file + " was trained for " + table : "--truth " + truth;
    if (!fits) {
      throw usage(
          "%s: for %d LEDs, not %d; 'leds' of the configuration says how many there are"
              .formatted(stated, table.leds(), leds));
    }
    throw usage(
        "%s: %d %s %d digits, not %d; 'switches' of the configuration says how many there are"
            .formatted(
                stated,
                switches,
                switches == 1 ? "switch needs" : "switches need",
                1 << switches,
                table.rows()));
  }

  private DeviceConfiguration withTopology(
      DeviceConfiguration effective, @Nullable WeightFile weights) throws Refusal {
    if (topology != null) {
      DeviceConfiguration shaped =
          effective.with(Key.TOPOLOGY, value("--topology", Key.TOPOLOGY, topology));
      requireLesson(shaped, "--topology", topology);
      return shaped;
    }
    if (weights != null) {
      String widths = weights.parameters().topology().toString();
      try {
        Lesson.of(effective.get(Key.TRUTH), effective.get(Key.RECIPE), Key.TOPOLOGY.value(widths));
        return effective.with(Key.TOPOLOGY, widths);
      } catch (IllegalArgumentException e) {
        return effective; // The weights are used unchanged; retraining uses the recipe's shape.
      }
    }
    if (recipe != null) {
      requireLesson(effective, "--recipe", recipe.label());
    }
    return effective;
  }

  private void requireLesson(DeviceConfiguration effective, String option, String text)
      throws Refusal {
    try {
      effective.lesson();
    } catch (IllegalArgumentException e) {
      throw invalid(option, text, e);
    }
  }

  private static void keep(
      Path file, WeightFile weights, DeviceConfiguration effective, Storage storage)
      throws Refusal, IOException {
    TruthTable table = effective.get(Key.TRUTH);
    WeightImage image = image(file, weights, table);
    Engine engine = effective.get(Key.ENGINE);
    String failure = ImageSelfTest.failure(image, new LessonRule(table, true), engine);
    if (failure != null) {
      String answers = engine.answers(image.parameters());
      throw usage(
          file
              + " "
              + failure
              + (answers.length() == table.rows()
                  ? "; what it answers is --truth " + answers
                  : ""));
    }
    try {
      StoredWeights.put(effective, storage, image);
    } catch (StoreException e) {
      throw new Refusal(ExitCode.REFUSED, file + ": " + e.getMessage(), e);
    }
  }

  private static WeightImage image(Path file, WeightFile weights, TruthTable table)
      throws Refusal, IOException {
    WeightImage image = weights.image();
    if (image != null) {
      return image;
    }
    Map<String, String> metadata = ImageMetadata.stating(table, weights.metadata());
    try {
      return WeightImage.of(weights.version(), weights.parameters(), weights.engine(), metadata);
    } catch (IllegalArgumentException e) {
      throw usage(file + ": " + e.getMessage());
    }
  }

  private <T> T value(String option, Key<T> key, String text) {
    try {
      return key.value(text);
    } catch (IllegalArgumentException e) {
      throw invalid(option, text, e);
    }
  }

  private ParameterException invalid(String option, String text, IllegalArgumentException cause) {
    return new ParameterException(
        spec.commandLine(),
        "Invalid value for option '" + option + "': " + text + ": " + cause.getMessage());
  }

  private static Refusal usage(String message) {
    return new Refusal(ExitCode.USAGE, message);
  }
}
