package dev.switchback.device.config;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchback.FileTrouble;
import dev.switchback.RegularFile;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Pull;
import dev.switchback.format.FormatException;
import dev.switchback.format.VerifyingKey;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.Port;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A key of the configuration: its name, its default and the parser of its value. {@code
 * switchback.properties} documents the keys. Any thread.
 *
 * @param <T> the type of its values
 */
public final class Key<T> {
  /** A key file of keygen has 113. */
  private static final int MAX_KEY_BYTES = 4096;

  /** The key in use and its replacement. */
  private static final int MAX_KEYS = 2;

  /** Keys of earlier versions that have lost their meaning: allowed, and not read. */
  static final List<String> RETIRED = List.of("board.model");

  /** Names of earlier versions, and those of today. */
  static final Map<String, String> RENAMED = Map.of("led", "leds");

  /** All keys by name, in the order of the shipped file. */
  private static final Map<String, Key<?>> ALL = new LinkedHashMap<>();

  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern DIGITS = Pattern.compile("[01,]+");

  /** Has no repeated group, because Java matches those by recursion and a line may be long. */
  private static final Pattern WIDTHS = Pattern.compile("[0-9]+-[0-9-]*[0-9]");

  public static final Key<BoardChoice> BOARD =
      choice("board", BoardChoice.AUTO, BoardChoice.values(), BoardChoice::label);

  /** The lines of the switches, A first. */
  public static final Key<List<LineSetting>> SWITCHES =
      new Key<>("switches", "17,27", Key::switches);

  /** The lines of the LEDs, that of the first table first; empty if there are none. */
  public static final Key<List<LineSetting>> LEDS = new Key<>("leds", "22", Key::leds);

  /** The line of the teach button; empty if there is none. */
  public static final Key<List<LineSetting>> TEACH =
      new Key<>("teach", "none", text -> text.equals("none") ? List.of() : button(text));

  public static final Key<Pull> PULL = choice("switch.pull", Pull.UP, Pull.values(), Key::label);

  /** Whether a closed switch reads LOW, unless its line says otherwise. */
  public static final Key<Boolean> SWITCH_ACTIVE_LOW =
      new Key<>("switch.active", "low", Key::isLow);

  /** Whether LOW lights an LED, unless its line says otherwise. */
  public static final Key<Boolean> LED_ACTIVE_LOW = new Key<>("led.active", "high", Key::isLow);

  /** How long a new level must hold, in milliseconds. */
  public static final Key<Integer> DEBOUNCE_MILLIS =
      new Key<>("debounce.millis", "10", text -> number(text, 0, 1000, "milliseconds, "));

  public static final Key<Engine> ENGINE =
      choice("engine", Engine.FLOAT, Engine.values(), Engine::label);

  public static final Key<TruthTable> TRUTH = new Key<>("truth", "0110", Key::truth);

  /** Whether images with another lesson than {@link #TRUTH} are refused. */
  public static final Key<Boolean> LESSON =
      new Key<>("lesson", "any", text -> indexOf(text, List.of("any", "configured")) == 1);

  /** Widths joined by {@code -}, such as 2-2-1; if empty, chosen for the number of switches. */
  public static final Key<String> TOPOLOGY = new Key<>("topology", "", Key::topology);

  /** The training recipe, which includes the activations. */
  public static final Key<NamedRecipe> RECIPE =
      new Key<>("recipe", NamedRecipe.DEVICE.label(), Key::recipe);

  /** Seed of the first start of a training. */
  public static final Key<Long> SEED = new Key<>("seed", "1", Key::seed);

  /** The serial port of the cable; empty for none. */
  public static final Key<String> PORT = new Key<>("port", "", Key::port);

  public static final Key<Integer> BAUD =
      new Key<>(
          "baud",
          String.valueOf(Port.DEFAULT_BAUD),
          text -> number(text, Port.MIN_BAUD, Port.MAX_BAUD, "bits per second, "));

  /** Keys that images must be signed by; if there are none, any image is accepted. */
  public static final Key<List<VerifyingKey>> PUBLIC_KEY =
      new Key<>("public-key", "", Key::publicKeys);

  /** Whether signed images may be older than the highest confirmed one. */
  public static final Key<Boolean> IMAGE_DOWNGRADE =
      new Key<>(
          "image.downgrade", "refused", text -> indexOf(text, List.of("refused", "allowed")) == 1);

  public static final Key<PeerControl> CABLE_CONTROL =
      choice("cable.control", PeerControl.AUTO, PeerControl.values(), PeerControl::label);

  /** What a guest of the socket may do; never {@link PeerControl#AUTO}. */
  public static final Key<PeerControl> LINE_CONTROL =
      choice(
          "line.control",
          PeerControl.ALL,
          new PeerControl[] {PeerControl.ALL, PeerControl.READ, PeerControl.NONE},
          PeerControl::label);

  public static final Key<LogLevel> LOG_LEVEL =
      choice("log.level", LogLevel.INFO, LogLevel.values(), LogLevel::label);

  private final String name;
  private final String defaultText;
  private final Function<String, T> reader;

  private Key(String name, String defaultText, Function<String, T> reader) {
    this.name = name;
    this.defaultText = defaultText;
    this.reader = reader;
    ALL.put(name, this);
  }

  private static <T> Key<T> choice(
      String name, T usual, T[] values, Function<? super T, String> label) {
    List<String> labels = Arrays.stream(values).<String>map(label).toList();
    return new Key<>(name, label.apply(usual), text -> values[indexOf(text, labels)]);
  }

  static List<Key<?>> all() {
    return List.copyOf(ALL.values());
  }

  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  String name() {
    return name;
  }

  /** Returns the value used if the file does not set the key. */
  T defaultValue() {
    return value(defaultText);
  }

  /**
   * Parses a value.
   *
   * @throws IllegalArgumentException saying what is allowed
   */
  public T value(String text) {
    return reader.apply(text);
  }

  @Override
  public String toString() {
    return name;
  }

  private static int indexOf(String text, List<String> labels) {
    int index = labels.indexOf(text);
    int last = labels.size() - 1;
    require(
        index >= 0,
        "it is "
            + String.join(", ", labels.subList(0, last))
            + " or "
            + labels.get(last)
            + Spelling.hint(text, labels));
    return index;
  }

  static void require(boolean isAllowed, String reason) {
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

  private static List<LineSetting> switches(String text) {
    return lines(
        text, TruthTable.MAX_INPUTS, "lines joined by ',', switch A first", LineSetting::ofSwitch);
  }

  private static List<LineSetting> leds(String text) {
    return text.equals("none")
        ? List.of()
        : lines(
            text,
            TruthTable.MAX_LEDS,
            "lines joined by ',', that of the first LED first, or none",
            LineSetting::ofLed);
  }

  private static List<LineSetting> button(String text) {
    return lines(text, 1, "line, or none", LineSetting::ofButton);
  }

  private static List<LineSetting> lines(
      String text, int max, String what, Function<String, LineSetting> parser) {
    String[] parts = text.split(",", -1);
    require(!text.isEmpty() && parts.length <= max, (max == 1 ? "1 " : "1 to " + max + " ") + what);
    List<LineSetting> lines = new ArrayList<>();
    for (String part : parts) {
      LineSetting added = parser.apply(part);
      require(
          lines.stream().noneMatch(other -> other.line().equals(added.line())),
          added.line() + " is used twice");
      lines.add(added);
    }
    return List.copyOf(lines);
  }

  private static int number(String text, int min, int max, String what) {
    int number = WHOLE_NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
    require(number >= min && number <= max, what + min + " to " + max);
    return number;
  }

  private static String port(String text) {
    require(
        text.isEmpty() || text.startsWith("/"),
        "the path of a serial port, such as /dev/serial0, or nothing");
    return text;
  }

  private static List<VerifyingKey> publicKeys(String text) {
    String[] parts = text.split(",", -1);
    require(parts.length <= MAX_KEYS, "at most " + MAX_KEYS + " files joined by ','");
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(parts).map(part -> publicKey(part.strip())).distinct().toList();
  }

  private static VerifyingKey publicKey(String text) {
    try {
      byte[] pem = RegularFile.read(Path.of(text), MAX_KEY_BYTES);
      return VerifyingKey.parsePem(new String(pem, US_ASCII));
    } catch (FormatException | InvalidPathException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the file of a public key as keygen writes it: " + trouble(Path.of(text), e), e);
    }
  }

  /** Returns why a file cannot be read, with the fix. */
  static String trouble(Path file, IOException cause) {
    return FileTrouble.of(file, cause)
        + (cause instanceof AccessDeniedException ? ": run: sudo chmod a+r " + file : "");
  }

  private static TruthTable truth(String text) {
    require(
        DIGITS.matcher(text).matches(),
        "one digit of 0 or 1 per row, first row 0, such as 0110; the tables of several LEDs are"
            + " joined by ','");
    return TruthTable.parse(text);
  }

  private static String topology(String text) {
    if (text.isEmpty()) {
      return text;
    }
    require(WIDTHS.matcher(text).matches(), "widths joined by '-', such as 2-2-1, or nothing");
    Topology topology = Topology.parse(text, Activation.SIGMOID);
    require(
        topology.outputs() <= TruthTable.MAX_LEDS,
        "a network has 1 to " + TruthTable.MAX_LEDS + " outputs, one per LED");
    require(
        topology.parameterCount() <= WeightImage.MAX_PARAMETERS,
        String.format(
            Locale.ROOT,
            "%,d weights and biases, a device has room for %,d",
            topology.parameterCount(),
            WeightImage.MAX_PARAMETERS));
    return text;
  }

  private static NamedRecipe recipe(String text) {
    NamedRecipe[] recipes = NamedRecipe.values();
    List<String> labels = Arrays.stream(recipes).map(NamedRecipe::label).toList();
    return recipes[indexOf(NamedRecipe.presentLabel(text), labels)];
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "a seed is a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE, e);
    }
  }
}
