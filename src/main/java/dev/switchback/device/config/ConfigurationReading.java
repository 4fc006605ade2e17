package dev.switchback.device.config;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Pull;
import dev.switchback.device.board.Wiring;
import dev.switchback.format.FormatException;
import dev.switchback.format.VerifyingKey;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one file turned into values. A value that does not fit becomes a problem of its
 * line and is read as the default, so that one reading finds everything.
 */
final class ConfigurationReading {
  private static final DeviceConfiguration DEFAULTS = DeviceConfiguration.defaults();

  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern MODEL = Pattern.compile("[A-Z0-9_]*");
  private static final Pattern DIGITS = Pattern.compile("[01]+");

  /** Without a group that repeats: Java matches those by recursion, and a line may be long. */
  private static final Pattern WIDTHS = Pattern.compile("[0-9]+-[0-9-]*[0-9]");

  private final Settings settings;

  ConfigurationReading(Settings settings) {
    this.settings = settings;
  }

  DeviceConfiguration finish() {
    BoardChoice board = choice("board", BoardChoice.values(), BoardChoice::label, DEFAULTS.board());
    String boardModel =
        value("board.model", ConfigurationReading::boardModel, DEFAULTS.boardModel());
    Wiring defaults = DEFAULTS.wiring();
    List<Integer> switches =
        value("switches", ConfigurationReading::switches, defaults.switchLines());
    int led = value("led", ConfigurationReading::bcm, defaults.ledLine());
    Pull pull = choice("switch.pull", Pull.values(), ConfigurationReading::label, defaults.pull());
    boolean switchActiveLow =
        value("switch.active", ConfigurationReading::isLow, defaults.switchActiveLow());
    boolean ledActiveLow =
        value("led.active", ConfigurationReading::isLow, defaults.ledActiveLow());
    int debounceMillis =
        value("debounce.millis", ConfigurationReading::debounce, DEFAULTS.debounceMillis());
    Engine engine = choice("engine", Engine.values(), Engine::label, DEFAULTS.engine());
    TruthTable truth = value("truth", ConfigurationReading::truth, DEFAULTS.truth());
    String topology = value("topology", ConfigurationReading::topology, DEFAULTS.topology());
    NamedRecipe recipe =
        choice("recipe", NamedRecipe.values(), NamedRecipe::label, DEFAULTS.recipe());
    long seed = value("seed", ConfigurationReading::seed, DEFAULTS.seed());
    String port = value("port", ConfigurationReading::port, DEFAULTS.port());
    int baud = value("baud", ConfigurationReading::baud, DEFAULTS.baud());
    @Nullable VerifyingKey publicKey = publicKey();
    LogLevel level = choice("log.level", LogLevel.values(), LogLevel::label, DEFAULTS.logLevel());
    checkLed(switches, led);
    checkTruth(truth, switches.size());
    checkTopology(topology, switches.size(), recipe, truth);
    settings.throwProblems();
    Wiring wiring = new Wiring(switches, led, pull, switchActiveLow, ledActiveLow);
    return new DeviceConfiguration(
        board,
        boardModel,
        wiring,
        debounceMillis,
        engine,
        truth,
        topology,
        recipe,
        seed,
        port,
        baud,
        publicKey,
        level);
  }

  /** Readers throw IllegalArgumentException with what would be allowed. */
  private <T> T value(String key, Function<String, T> reader, T fallback) {
    Settings.Setting setting = settings.find(key);
    if (setting == null) {
      return fallback;
    }
    try {
      return reader.apply(setting.value());
    } catch (IllegalArgumentException e) {
      settings.addProblem(setting, String.valueOf(e.getMessage()));
      return fallback;
    }
  }

  private <T> T choice(String key, T[] values, Function<T, String> label, T fallback) {
    List<String> labels = Arrays.stream(values).map(label).toList();
    return value(key, text -> values[indexOf(text, labels)], fallback);
  }

  private static int indexOf(String text, List<String> labels) {
    int index = labels.indexOf(text);
    require(index >= 0, alternatives(labels) + Spelling.hint(text, labels));
    return index;
  }

  private static String alternatives(List<String> labels) {
    int last = labels.size() - 1;
    return last == 0
        ? "it is " + labels.getFirst()
        : "it is " + String.join(", ", labels.subList(0, last)) + " or " + labels.get(last);
  }

  private static void require(boolean isAllowed, String reason) {
    if (!isAllowed) {
      throw new IllegalArgumentException(reason);
    }
  }

  private static String label(Pull pull) {
    return pull.name().toLowerCase(Locale.ROOT);
  }

  private static boolean isLow(String text) {
    return indexOf(text, List.of("high", "low")) == 1;
  }

  private static String boardModel(String text) {
    require(
        MODEL.matcher(text).matches(),
        "a Pi4J board model is capital letters, digits and '_', such as MODEL_4_B, or nothing");
    return text;
  }

  private static List<Integer> switches(String text) {
    String[] parts = text.split(",", -1);
    require(
        !text.isEmpty() && parts.length <= TruthTable.MAX_INPUTS,
        "1 to " + TruthTable.MAX_INPUTS + " BCM numbers joined by ',', switch A first");
    List<Integer> switches = new ArrayList<>();
    for (String part : parts) {
      int bcm = bcm(part.strip());
      require(!switches.contains(bcm), "BCM " + bcm + " is there twice");
      switches.add(bcm);
    }
    return switches;
  }

  private static int bcm(String text) {
    return number(text, Wiring.MAX_LINE, "a BCM number is 0 to ");
  }

  private static int debounce(String text) {
    return number(text, DeviceConfiguration.MAX_DEBOUNCE_MILLIS, "milliseconds, 0 to ");
  }

  private static int number(String text, int max, String range) {
    int number = WHOLE_NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
    require(number >= 0 && number <= max, range + max);
    return number;
  }

  private static String port(String text) {
    require(
        text.isEmpty() || text.startsWith("/"),
        "the path of a serial port, such as /dev/serial0, or nothing");
    return text;
  }

  private static int baud(String text) {
    String range = "bits per second, " + Port.MIN_BAUD + " to " + Port.MAX_BAUD;
    require(WHOLE_NUMBER.matcher(text).matches(), range);
    int baud = Integer.parseInt(text);
    require(baud >= Port.MIN_BAUD && baud <= Port.MAX_BAUD, range);
    return baud;
  }

  /** Null only where none is configured, or the line has a problem. */
  private @Nullable VerifyingKey publicKey() {
    return this.<Optional<VerifyingKey>>value(
            "public-key", ConfigurationReading::publicKey, Optional.empty())
        .orElse(null);
  }

  private static Optional<VerifyingKey> publicKey(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(VerifyingKey.parsePem(Files.readString(Path.of(text))));
    } catch (FormatException | InvalidPathException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the file of a public key as keygen writes it: it cannot be read", e);
    }
  }

  private static TruthTable truth(String text) {
    require(
        DIGITS.matcher(text).matches(), "one digit of 0 or 1 per row, first row 0, such as 0110");
    return TruthTable.parse(text);
  }

  private static String topology(String text) {
    if (text.isEmpty()) {
      return text;
    }
    require(WIDTHS.matcher(text).matches(), "widths joined by '-', such as 2-2-1, or nothing");
    Topology topology = Topology.parse(text, Activation.SIGMOID);
    require(topology.outputs() <= 2, "a network that drives one LED has 1 or 2 outputs");
    require(
        topology.parameterCount() <= WeightImage.MAX_PARAMETERS,
        String.format(
            Locale.ROOT,
            "%,d weights and biases, a device has room for %,d",
            topology.parameterCount(),
            WeightImage.MAX_PARAMETERS));
    return text;
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "a seed is a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE, e);
    }
  }

  private void checkLed(List<Integer> switches, int led) {
    int index = switches.indexOf(led);
    if (index >= 0) {
      blame(
          "led",
          "BCM " + led + " is " + Wiring.switchName(index),
          "BCM " + led + " is the LED, unless 'led' is set");
    }
  }

  private void checkTruth(TruthTable truth, int switches) {
    if (truth.inputs() != switches) {
      String digits =
          (switches == 1 ? "1 switch needs " : switches + " switches need ")
              + (1 << switches)
              + " digits";
      blame("truth", digits + ", one per row, not " + truth.rows(), digits + " of 'truth'");
    }
  }

  private void checkTopology(String topology, int switches, NamedRecipe recipe, TruthTable truth) {
    if (topology.isEmpty()) {
      return;
    }
    if (!topology.startsWith(switches + "-")) {
      blame("topology", "the first width is the number of switches, " + switches, "");
      return;
    }
    try {
      checkEpoch(DeviceConfiguration.trainingRecipe(recipe, topology, truth), truth);
    } catch (IllegalArgumentException e) {
      blame("topology", "recipe " + recipe.label() + ": " + e.getMessage(), "");
    }
  }

  private static void checkEpoch(Recipe recipe, TruthTable truth) {
    long operations = recipe.epochOperations(truth.rows());
    require(
        operations <= DeviceConfiguration.MAX_EPOCH_OPERATIONS,
        String.format(
            Locale.ROOT,
            "an epoch would take %,d operations, at most %,d are allowed: take fewer neurons, or"
                + " recipe device",
            operations,
            DeviceConfiguration.MAX_EPOCH_OPERATIONS));
  }

  /**
   * Adds a problem between {@code switches} and another key to the line of the other key or, if the
   * file leaves that at its default, to the line of the switches. Says nothing if the value of
   * either is wrong by itself.
   */
  private void blame(String key, String reason, String reasonAtSwitches) {
    if (settings.isSound(key) && settings.isSound("switches")) {
      Settings.Setting setting = settings.find(key);
      Settings.Setting switches = settings.find("switches");
      if (setting != null) {
        settings.addProblem(setting, reason);
      } else if (switches != null) {
        settings.addProblem(switches, reasonAtSwitches);
      }
    }
  }
}
