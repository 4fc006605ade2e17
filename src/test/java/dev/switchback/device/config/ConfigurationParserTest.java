package dev.switchback.device.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Line;
import dev.switchback.device.board.Pull;
import dev.switchback.device.board.Wiring;
import dev.switchback.format.SigningKey;
import dev.switchback.format.WeightImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationParserTest {
  private static final String A_LINE =
      "a line is a BCM number (0 to 27), a chip's name or label with ':' and the line's number, such"
          + " as gpiochip0:17, or the kernel's name of the line, such as GPIO17";
  private static final Path SHIPPED = Path.of("device-config/switchback.properties");

  @Test
  void theShippedFileIsTheDefaults() {
    assertEquals(DeviceConfiguration.defaults(), ConfigurationParser.read(SHIPPED));
  }

  @Test
  void theShippedFileSetsEveryKeyInOrderBelowACommentWithItsDefault() throws IOException {
    List<String> lines = Files.readAllLines(SHIPPED);
    List<String> keys =
        lines.stream()
            .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
            .map(line -> line.substring(0, line.indexOf('=')).strip())
            .toList();

    assertEquals(Key.names(), keys);
    for (String key : keys) {
      int line =
          lines.indexOf(lines.stream().filter(l -> l.startsWith(key + " =")).findFirst().get());
      assertTrue(lines.get(line - 1).startsWith("# Default: "), key);
    }
  }

  /** Limits and alternatives: all that a refusal names is in the comment of the key. */
  @Test
  void theShippedFileTellsWhatEachKeyAllows() throws IOException {
    String comment = "";
    for (String line : Files.readAllLines(SHIPPED)) {
      if (line.isEmpty() || line.charAt(0) == '#') {
        comment = line.isEmpty() ? "" : comment + line + "\n";
        continue;
      }
      String key = line.substring(0, line.indexOf('=')).strip();
      String problem =
          String.valueOf(
              assertThrows(ConfigurationException.class, () -> parse(key + " = (nonsense)"))
                  .getMessage());
      String allowed = problem.substring(problem.indexOf("(nonsense): "));
      Pattern facts =
          allowed.startsWith("(nonsense): it is ")
              ? Pattern.compile("[a-z]+(-[a-z0-9]+)?(?=,| or|$)")
              : Pattern.compile("-?[0-9][0-9]+");
      Matcher fact = facts.matcher(allowed);
      while (fact.find()) {
        assertTrue(comment.contains(fact.group()), key + " may be " + fact.group());
      }
    }
  }

  @Test
  void anEmptyFileIsTheDefaults() {
    assertEquals(DeviceConfiguration.defaults(), parse(""));
  }

  @Test
  void everyKeyIsRead() {
    DeviceConfiguration read =
        parse(
            """
            board = pi
            switches = 5, 6,13
            leds = 0, gpiochip1:4 high
            switch.pull = down
            switch.active = high
            led.active = low
            debounce.millis = 25
            engine = fixed
            truth = 01101001,00010111
            topology = 3-4-2
            recipe = numpy-backprop
            seed = -9223372036854775808
            port = /dev/serial0
            baud = 921600
            log.level = trace
            """);

    assertEquals(BoardChoice.PI, read.get(Key.BOARD));
    assertEquals(
        new Wiring(
            Stream.of(5, 6, 13)
                .map(bcm -> new Wiring.Switch(new Line.Bcm(bcm), Pull.DOWN, false, false))
                .toList(),
            List.of(
                new Wiring.Led(new Line.Bcm(0), true),
                new Wiring.Led(new Line.OnChip("gpiochip1", 4), false))),
        read.wiring());
    assertEquals(25, read.get(Key.DEBOUNCE_MILLIS));
    assertEquals(Engine.FIXED, read.get(Key.ENGINE));
    assertEquals(TruthTable.parse("01101001,00010111"), read.get(Key.TRUTH));
    assertEquals("3-4-2", read.get(Key.TOPOLOGY));
    assertEquals(NamedRecipe.NUMPY_BACKPROP, read.get(Key.RECIPE));
    assertEquals(Long.MIN_VALUE, read.get(Key.SEED));
    assertEquals("/dev/serial0", read.get(Key.PORT));
    assertEquals(921_600, read.get(Key.BAUD));
    assertEquals(List.of(), read.get(Key.PUBLIC_KEY));
    assertEquals(LogLevel.TRACE, read.get(Key.LOG_LEVEL));
  }

  @Test
  void aPublicKeyIsReadFromItsFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("key.pub.pem");
    Files.writeString(file, SigningKey.generate().verifyingKey().toPem());
    assertEquals(1, parse("public-key = " + file).get(Key.PUBLIC_KEY).size());
    Path next = directory.resolve("next.pub.pem");
    Files.writeString(next, SigningKey.generate().verifyingKey().toPem());
    assertEquals(2, parse("public-key = " + file + ", " + next).get(Key.PUBLIC_KEY).size());
    assertProblems(
        "public-key = a,b,c",
        "switchback.properties:1: public-key = a,b,c: at most 2 files joined by ','");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "board = sim",
        "board.model =",
        "switches=0\ntruth=01",
        "switches = 0,1,2,3,4,5,6,7\ntruth = " + ROWS_256,
        "led = 27\nswitches = 17,22",
        "switch.pull = none",
        "debounce.millis = 0",
        "debounce.millis = 1000",
        "topology = 2-1",
        "topology = 2-8-2\nrecipe = numerical-gradient",
        "leds = 22,23\ntruth = 0110,0001",
        "leds = none\ntruth = 0110,0001",
        "seed = 9223372036854775807",
        "log.level = error",
      })
  void allowedValuesAreRead(String text) {
    assertDoesNotThrow(() -> parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "led = 5",
        "  led\t=\t5  ",
        "led=5",
        "\uFEFFled = 5",
        "led = 5\r\nseed = 2\r\n",
        "# Schalter für die Küche\n\n   # indented\nled = 5",
      })
  void linesMayBeSpacedAndCommented(String text) {
    assertEquals(new Line.Bcm(5), parse(text).wiring().leds().getFirst().line());
  }

  private static final String ROWS_256 =
      "0000000000000000000000000000000000000000000000000000000000000000"
          + "0000000000000000000000000000000000000000000000000000000000000000"
          + "0000000000000000000000000000000000000000000000000000000000000000"
          + "0000000000000000000000000000000000000000000000000000000000000001";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "board = pie | it is auto, sim or pi (did you mean 'pi'?)",
        "board = arduino | it is auto, sim or pi",
        "switches = 17,28 | a BCM number is 0 to 27",
        "switches = 17,,27 | " + A_LINE,
        "switches = 17;27 | " + A_LINE,
        "switches = :3,5 | " + A_LINE,
        "switches = chip:x,5 | " + A_LINE,
        "switches = 17 dwon,27 | after the line comes up, down, none, low, high, toggle or button, not 'dwon' (did you mean 'down'?)",
        "switches = 17 up down,27 | 'down' after the line contradicts or repeats a word before it",
        "switches = 17 low low,27 | 'low' after the line contradicts or repeats a word before it",
        "led = 22 up | after the line comes low or high, not 'up'",
        "led = 22 low high | 'high' after the line contradicts or repeats a word before it",
        "switches = 17,17 up | GPIO17 is used twice",
        "switches = a:1,a:1 | a:1 is used twice",
        "switches = 0,1,2,3,4,5,6,7,8 | 1 to 8 lines joined by ',', switch A first",
        "led = 99 | a BCM number is 0 to 27",
        "led = -1 | a BCM number is 0 to 27",
        "led = 28 | a BCM number is 0 to 27",
        "led = 4294967296 | a BCM number is 0 to 27",
        "led = 5 # red | after the line comes low or high, not '#' (a comment needs a line of its own)",
        "switch.pull = upp | it is up, down or none (did you mean 'up'?)",
        "switch.active = hgih | it is high or low (did you mean 'high'?)",
        "led.active = LOW | it is high or low (did you mean 'low'?)",
        "debounce.millis = 1001 | milliseconds, 0 to 1000",
        "debounce.millis = 1.5 | milliseconds, 0 to 1000",
        "engine = flaot | it is float or fixed (did you mean 'float'?)",
        "truth = 01x0 | one digit of 0 or 1 per row, first row 0, such as 0110; the tables of several LEDs are joined by ','",
        "truth = 0110,01 | the tables of all LEDs have as many digits as the first: 4, not 2",
        "truth = 011 | a truth table has 2, 4, 8, ... or 256 digits (one per row), not 3",
        "topology = 2x2x1 | widths joined by '-', such as 2-2-1, or nothing",
        "topology = 2 | widths joined by '-', such as 2-2-1, or nothing",
        "topology = 2-0-1 | a layer width is 1 to 4096, not 0",
        "topology = 2-4096-4096-1 | 16,797,697 weights and biases, a device has room for 260,096",
        "topology = 2-510-509-1 | 262,139 weights and biases, a device has room for 260,096",
        "topology = 2-2-9 | a network has 1 to 8 outputs, one per LED",
        "recipe = devise | it is device, numpy-backprop, numerical-gradient, online or online-deep (did you mean 'device'?)",
        "seed = 9223372036854775808 | a seed is a whole number from -9223372036854775808 to"
            + " 9223372036854775807",
        "seed = 0x1 | a seed is a whole number from -9223372036854775808 to 9223372036854775807",
        "port = COM3 | the path of a serial port, such as /dev/serial0, or nothing",
        "baud = 299 | bits per second, 300 to 4000000",
        "baud = 4000001 | bits per second, 300 to 4000000",
        "baud = fast | bits per second, 300 to 4000000",
        "public-key = /nowhere/key.pem | the file of a public key as keygen writes it: there is no"
            + " such file",
        "public-key = scripts/run | no key: expected -----BEGIN PUBLIC KEY----- and its end",
        "log.level = verbose | it is error, warn, info, debug or trace",
        "log.level = warning | it is error, warn, info, debug or trace",
      })
  void aBadValueIsNamedWithItsLineAndWhatIsAllowed(String line, String reason) {
    assertProblems("# first\n\n" + line, "switchback.properties:3: " + line + ": " + reason);
  }

  @Test
  void thousandsOfLayersAreOneProblem() {
    String line = "topology = " + "2-".repeat(5000) + "1";
    assertProblems(
        line,
        "switchback.properties:1: topology = "
            + "2-".repeat(28)
            + "2...: a topology has 1 to 16 dense layers, not 5000");
  }

  @Test
  void anEpochMustEndWhileACommandWaits() {
    assertProblems(
        "recipe = numerical-gradient\ntopology = 2-1200-2",
        "switchback.properties:2: topology = 2-1200-2: recipe numerical-gradient: an epoch would take"
            + " 288,192,032 operations, at most 268,435,456 are allowed: take fewer neurons, or recipe"
            + " device");
  }

  @ParameterizedTest
  @EnumSource(NamedRecipe.class)
  void everyRecipeFitsTheBudgetForAnyNumberOfSwitches(NamedRecipe recipe) {
    for (int inputs = 1; inputs <= TruthTable.MAX_INPUTS; inputs++) {
      TruthTable truth = TruthTable.parse("01".repeat(1 << (inputs - 1)));
      Recipe training = Lesson.of(truth, recipe, "").recipe();
      assertTrue(training.topology().parameterCount() <= WeightImage.MAX_PARAMETERS);
      assertTrue(training.epochOperations(truth.rows()) <= Lesson.MAX_EPOCH_OPERATIONS);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "switches | 1 to 8 lines joined by ',', switch A first",
        "leds | 1 to 8 lines joined by ',', that of the first LED first, or none",
        "debounce.millis | milliseconds, 0 to 1000",
        "engine | it is float or fixed",
        "truth | one digit of 0 or 1 per row, first row 0, such as 0110; the tables of several LEDs are joined by ','",
        "recipe | it is device, numpy-backprop, numerical-gradient, online or online-deep",
      })
  void aKeyWithoutValueIsCalledEmpty(String key, String reason) {
    assertProblems(key + " =", "switchback.properties:1: " + key + " is empty: " + reason);
  }

  @Test
  void aLineMayDifferFromTheOthersByItsWords() {
    Wiring wiring =
        parse(
                """
                switches = 17 button, gpiochip1:4 down high,pinctrl-rp1:27, PIN_11  none toggle
                truth = 0110100110010110
                led = GPIO22 low
                """)
            .wiring();
    assertEquals(
        List.of(
            new Wiring.Switch(new Line.Bcm(17), Pull.UP, true, true),
            new Wiring.Switch(new Line.OnChip("gpiochip1", 4), Pull.DOWN, false, false),
            new Wiring.Switch(new Line.OnChip("pinctrl-rp1", 27), Pull.UP, true, false),
            new Wiring.Switch(new Line.Named("PIN_11"), Pull.NONE, true, false)),
        wiring.switches());
    assertEquals(List.of(new Wiring.Led(new Line.Named("GPIO22"), true)), wiring.leds());
  }

  @Test
  void thereNeedBeNoLed() {
    assertEquals(List.of(), parse("led = none").wiring().leds());
  }

  @Test
  void aKeyThatHasLostItsMeaningIsAllowed() {
    assertEquals(DeviceConfiguration.defaults(), parse("board.model = MODEL_4_B"));
  }

  @Test
  void anUnknownKeySuggestsTheNearest() {
    assertProblems(
        "debounce.milis = 5",
        "switchback.properties:1: unknown key 'debounce.milis' (did you mean 'debounce.millis'?)");
    assertProblems("LED = 5", "switchback.properties:1: unknown key 'LED' (did you mean 'leds'?)");
  }

  @Test
  void anUnknownKeyLikeNoOtherListsTheKeys() {
    assertProblems(
        "colour = red",
        "switchback.properties:1: unknown key 'colour': the keys are board, switches,"
            + " leds, teach, switch.pull, switch.active, led.active, debounce.millis, engine, truth,"
            + " lesson, topology, recipe, seed, port, baud, public-key, image.downgrade, cable.control,"
            + " line.control, log.level");
  }

  @Test
  void theFormerNameOfARecipeIsUnderstood() {
    assertEquals(NamedRecipe.NUMERICAL_GRADIENT, parse("recipe = reference-b").get(Key.RECIPE));
  }

  @Test
  void aTopologyMustFitTheActivationsOfTheRecipe() {
    assertProblems(
        "topology = 2-8-1\nrecipe = numerical-gradient",
        "switchback.properties:1: topology = 2-8-1: recipe numerical-gradient: softmax belongs to an"
            + " output layer of two or more neurons");
    assertEquals("2-4-2", parse("topology = 2-4-2\nrecipe = numerical-gradient").get(Key.TOPOLOGY));
  }

  @Test
  void aRepeatedKeyNamesTheFirstLine() {
    assertProblems("led = 5\nled = 5", "switchback.properties:2: led = 5: already set in line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"led 22", "= 22", "; comment"})
  void aLineThatIsNoSettingIsQuoted(String line) {
    assertProblems(
        "\n" + line,
        "switchback.properties:2: '"
            + line
            + "' is not 'key = value', and a comment begins with '#'");
  }

  @Test
  void aLineThatIsNotUtf8IsNamedAndTheOthersAreStillRead() {
    byte[] content = "seed = 2\n# Küche\nled = 99\n".getBytes(ISO_8859_1);

    assertEquals(
        "switchback.properties:2: this line is not UTF-8\n"
            + "switchback.properties:3: led = 99: a BCM number is 0 to 27",
        assertThrows(
                ConfigurationException.class,
                () -> ConfigurationParser.parse("switchback.properties", content))
            .getMessage());
  }

  @Test
  void theLedOnALineOfASwitchIsBlamedOnTheKeyThatIsSet() {
    assertProblems("led = 27", "switchback.properties:1: led = 27: GPIO27 is switch B");
    assertProblems(
        "switches = 22,5",
        "switchback.properties:1: switches = 22,5: GPIO22 is the LED, unless 'leds' is set");
    assertProblems(
        "led = 5\nswitches = 5,6", "switchback.properties:1: led = 5: GPIO5 is switch A");
  }

  @Test
  void aTruthTableForAnotherNumberOfLedsIsBlamedOnTheKeyThatIsSet() {
    assertProblems(
        "truth = 0110,0001",
        "switchback.properties:1: truth = 0110,0001: 1 LED needs 1 table, not 2");
    assertProblems(
        "leds = 5,6",
        "switchback.properties:1: leds = 5,6: 2 LEDs need 2 tables in 'truth', joined by ','");
    assertProblems(
        "topology = 2-8-2",
        "switchback.properties:1: topology = 2-8-2: recipe device: 2-8-2 is for 2 LEDs, not 1 LED:"
            + " the last width is the number of LEDs");
  }

  @Test
  void theTeachButtonHasALineOfItsOwn() {
    assertEquals(
        new Wiring.Switch(new Line.Bcm(23), Pull.DOWN, false, false),
        parse("teach = 23 down high").wiring().teach());
    assertNull(parse("teach = none").wiring().teach());
    assertProblems("teach = 27", "switchback.properties:1: teach = 27: GPIO27 is switch B");
    assertProblems("teach = 22", "switchback.properties:1: teach = 22: GPIO22 is an LED");
    assertProblems("teach = 5,6", "switchback.properties:1: teach = 5,6: 1 line, or none");
    assertProblems(
        "teach = 5 button",
        "switchback.properties:1: teach = 5 button: after the line comes up, down, none, low or"
            + " high, not 'button'");
  }

  @Test
  void theKeyOfOneLedIsStillRead() {
    assertEquals(parse("leds = 5 low"), parse("led = 5 low"));
    assertProblems("led = 5\nleds = 6", "switchback.properties:2: leds = 6: already set in line 1");
  }

  @Test
  void aTruthTableOfAnotherNumberOfSwitchesIsBlamedOnTheKeyThatIsSet() {
    assertProblems(
        "truth = 01",
        "switchback.properties:1: truth = 01: 2 switches need 4 digits, one per row, not 2");
    assertProblems(
        "switches = 5,6,7",
        "switchback.properties:1: switches = 5,6,7: 3 switches need 8 digits of 'truth'");
    assertProblems(
        "switches = 5\ntruth = 0110",
        "switchback.properties:2: truth = 0110: 1 switch needs 2 digits, one per row, not 4");
  }

  @Test
  void aTopologyOfAnotherNumberOfSwitchesIsNamed() {
    assertProblems(
        "topology = 3-2-1",
        "switchback.properties:1: topology = 3-2-1: the first width is the number of switches, 2");
  }

  @Test
  void aWrongValueIsNotComparedWithOtherKeys() {
    assertProblems(
        "switches = 5,6,99\ntruth = 01101001\ntopology = 3-2-1",
        "switchback.properties:1: switches = 5,6,99: a BCM number is 0 to 27");
    assertProblems(
        "switches = 22,5,6\nled = 99\ntruth = 011",
        "switchback.properties:2: led = 99: a BCM number is 0 to 27",
        "switchback.properties:3: truth = 011: a truth table has 2, 4, 8, ... or 256 digits (one"
            + " per row), not 3");
  }

  @Test
  void everythingWrongIsReportedAtOnceInTheOrderOfTheLines() {
    assertProblems(
        "truth = 01\nseed = x\nled = 99\nnonsense\nled = 5\nengin = float",
        "switchback.properties:1: truth = 01: 2 switches need 4 digits, one per row, not 2",
        "switchback.properties:2: seed = x: a seed is a whole number from -9223372036854775808 to"
            + " 9223372036854775807",
        "switchback.properties:3: led = 99: a BCM number is 0 to 27",
        "switchback.properties:4: 'nonsense' is not 'key = value', and a comment begins with '#'",
        "switchback.properties:5: led = 5: already set in line 3",
        "switchback.properties:6: unknown key 'engin' (did you mean 'engine'?)");
  }

  @Test
  void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("switchback.properties");

    assertEquals(
        file + ": there is no such file",
        assertThrows(ConfigurationException.class, () -> ConfigurationParser.read(file))
            .getMessage());
  }

  @Test
  void aFileThatCannotBeReadIsNamed(@TempDir Path folder) {
    String message =
        String.valueOf(
            assertThrows(ConfigurationException.class, () -> ConfigurationParser.read(folder))
                .getMessage());

    assertEquals(folder + ": is a directory", message);
  }

  /** None may block or fill the memory; otherwise the service would hang or never restart. */
  @ParameterizedTest
  @ValueSource(strings = {"", "public-key = "})
  @Timeout(10)
  void whatIsNoFileOrHasNoEndIsNamed(String key, @TempDir Path folder) throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Path huge = folder.resolve("huge");
    try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
      sparse.setLength(3L << 30);
    }
    for (Path odd : List.of(pipe, Path.of("/dev/zero"), huge)) {
      Path read = key.isEmpty() ? odd : Files.writeString(folder.resolve("c"), key + odd + "\n");
      String message =
          String.valueOf(
              assertThrows(ConfigurationException.class, () -> ConfigurationParser.read(read))
                  .getMessage());
      assertTrue(
          message.endsWith(": is a pipe or a device, no regular file")
              || message.matches("(?s).*: has more than the \\d+ bytes that are expected"),
          message);
    }
  }

  @Test
  void aFileOfZerosIsQuotedSafelyAndNotForLong() {
    String zeros =
        String.valueOf(
            assertThrows(ConfigurationException.class, () -> parse("\0".repeat(60_000)))
                .getMessage());
    assertTrue(zeros.startsWith("switchback.properties:1: '\\u0000\\u0000"), zeros);
    assertTrue(zeros.length() < 200, zeros);
    String unknown =
        String.valueOf(
            assertThrows(ConfigurationException.class, () -> parse("x = 1\n".repeat(9000)))
                .getMessage());
    assertEquals(11, unknown.lines().count());
    assertTrue(unknown.endsWith("switchback.properties: and 8990 more problems"), unknown);
  }

  private DeviceConfiguration parse(String text) {
    return ConfigurationParser.parse("switchback.properties", text.getBytes(UTF_8));
  }

  private void assertProblems(String text, String... problems) {
    assertEquals(
        String.join("\n", problems),
        assertThrows(ConfigurationException.class, () -> parse(text)).getMessage());
  }
}
