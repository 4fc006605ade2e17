package dev.switchback.tools.cli.here;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.config.Lesson;
import dev.switchback.device.node.StoredWeights;
import dev.switchback.device.service.BoardOpening;
import dev.switchback.device.store.Storage;
import dev.switchback.device.store.StoreException;
import dev.switchback.format.ImageMetadata;
import dev.switchback.format.ImageSelfTest;
import dev.switchback.format.WeightImage;
import dev.switchback.lesson.NamedTruth;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What a device that a person plays with learns, and the weights that it begins with. Options win
 * over the configuration file.
 */
final class LessonOptions {
  /** Of a simulated board that nobody wired: it has as many switches as the lesson asks for. */
  private static final List<Integer> SIMULATED_LINES = List.of(17, 27, 23, 24, 25, 5, 6, 13);

  private static final Pattern FIRST_WIDTH = Pattern.compile("([1-8])-.*");
  private static final Pattern DIGITS = Pattern.compile("[01]{2,256}");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--truth",
      paramLabel = "NAME|DIGITS",
      description = {
        "What it learns: and, or, xor, nand, nor or xnor; or the answer for each switch position.",
        "Default: what FILE was trained for, else the configuration's, which is xor."
      })
  private @Nullable String truth;

  @Option(
      names = "--topology",
      paramLabel = "WIDTHS",
      description = "Layer widths, such as 2-3-1. Default: those of FILE, else the recipe's.")
  private @Nullable String topology;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      description = "How it learns; see 'switchback recipes'. Default: device.")
  private @Nullable NamedRecipe recipe;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the first training; each retraining takes the next. Default: 1.")
  private @Nullable String seed;

  @CommandLine.Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Weights that answer from the start: " + InputFile.FORMATS)
  private @Nullable Path file;

  /**
   * What was read, with what was asked for.
   *
   * @param isConfigured whether somebody wrote down which switches there are
   * @param storage takes the weights of the file
   */
  DeviceConfiguration over(DeviceConfiguration read, boolean isConfigured, Storage storage)
      throws Refusal, IOException {
    WeightFile weights = file == null ? null : InputFile.weights(file, this::activations);
    DeviceConfiguration asked = read;
    if (recipe != null) {
      asked = asked.with(Key.RECIPE, recipe);
    }
    if (seed != null) {
      asked = asked.with(Key.SEED, value("--seed", Key.SEED, seed));
    }
    TruthTable table = table(asked, weights, !isConfigured && BoardOpening.isSimulated(read));
    asked = withTable(asked, table, isConfigured);
    asked = withTopology(asked, weights);
    if (file != null && weights != null) {
      keep(file, weights, asked, storage);
    }
    return asked;
  }

  private Activation[] activations(int layers) {
    return (recipe == null ? NamedRecipe.DEVICE : recipe).activations(layers);
  }

  /**
   * Of as many switches as there are.
   *
   * @param isFree whether there may be as many as anything else asks for
   */
  private TruthTable table(DeviceConfiguration asked, @Nullable WeightFile weights, boolean isFree)
      throws Refusal {
    TruthTable configured = asked.get(Key.TRUTH);
    int switches = isFree ? switches(weights, configured.inputs()) : configured.inputs();
    if (truth != null) {
      try {
        return NamedTruth.parse(truth, switches);
      } catch (IllegalArgumentException e) {
        throw invalid("--truth", truth, e);
      }
    }
    String trained =
        weights == null ? "" : weights.metadata().getOrDefault(ImageMetadata.TRUTH, "");
    if (DIGITS.matcher(trained).matches() && Integer.bitCount(trained.length()) == 1) {
      return TruthTable.parse(trained);
    }
    return switches == configured.inputs() ? configured : NamedTruth.XOR.table(switches);
  }

  private int switches(@Nullable WeightFile weights, int otherwise) {
    Matcher width = FIRST_WIDTH.matcher(topology == null ? "" : topology);
    if (width.matches()) {
      return Integer.parseInt(width.group(1));
    }
    int inputs = weights == null ? 0 : weights.parameters().topology().inputs();
    return inputs >= 1 && inputs <= TruthTable.MAX_INPUTS ? inputs : otherwise;
  }

  private DeviceConfiguration withTable(
      DeviceConfiguration asked, TruthTable table, boolean isConfigured) throws Refusal {
    int switches = asked.get(Key.SWITCHES).size();
    if (table.inputs() == switches) {
      return asked.with(Key.TRUTH, table);
    }
    if (!isConfigured && BoardOpening.isSimulated(asked)) {
      return asked.withSwitches(SIMULATED_LINES.subList(0, table.inputs()), table);
    }
    throw usage(
        (truth == null ? file + " was trained for " + table : "--truth " + truth)
            + ": "
            + switches
            + (switches == 1 ? " switch needs " : " switches need ")
            + (1 << switches)
            + " digits, not "
            + table.rows()
            + "; 'switches' of the configuration says how many there are");
  }

  private DeviceConfiguration withTopology(DeviceConfiguration asked, @Nullable WeightFile weights)
      throws Refusal {
    if (topology != null) {
      DeviceConfiguration shaped =
          asked.with(Key.TOPOLOGY, value("--topology", Key.TOPOLOGY, topology));
      requireLesson(shaped, "--topology", topology);
      return shaped;
    }
    if (weights != null) {
      String widths = weights.parameters().topology().toString();
      try {
        Lesson.of(asked.get(Key.TRUTH), asked.get(Key.RECIPE), Key.TOPOLOGY.value(widths));
        return asked.with(Key.TOPOLOGY, widths);
      } catch (IllegalArgumentException e) {
        return asked; // It answers as it is; a retraining takes a shape of the recipe's.
      }
    }
    if (recipe != null) {
      requireLesson(asked, "--recipe", recipe.label());
    }
    return asked;
  }

  private void requireLesson(DeviceConfiguration asked, String option, String text) throws Refusal {
    try {
      asked.lesson();
    } catch (IllegalArgumentException e) {
      throw invalid(option, text, e);
    }
  }

  private static void keep(
      Path file, WeightFile weights, DeviceConfiguration asked, Storage storage)
      throws Refusal, IOException {
    TruthTable table = asked.get(Key.TRUTH);
    WeightImage image = image(file, weights, table);
    Engine engine = asked.get(Key.ENGINE);
    String failure = ImageSelfTest.failure(image, table, engine);
    if (failure != null) {
      String answers = TruthTable.fits(image.topology()) ? engine.answers(image.parameters()) : "";
      throw usage(
          file
              + " "
              + failure
              + (answers.length() == table.rows()
                  ? "; what it answers is --truth " + answers
                  : ""));
    }
    try {
      StoredWeights.put(asked, storage, image);
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
    Map<String, String> metadata = new TreeMap<>(weights.metadata());
    metadata.put(ImageMetadata.TRUTH, table.toString());
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
