package dev.switchback.tools.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.LossCurve.Point;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.bench.BenchView.Answering;
import dev.switchback.tools.bench.BenchView.Learning;
import dev.switchback.tools.bench.BenchView.Network;
import dev.switchback.tools.bench.BenchView.Note;
import dev.switchback.tools.bench.BenchView.Phase;
import dev.switchback.tools.cli.files.SteepXor;
import dev.switchback.tools.plot.DecisionMap;
import dev.switchback.tools.plot.TerminalStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BenchScreenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/bench");
  private static final Path ACTUAL = Path.of("target/golden/bench");

  private static final String PART =
      "2-1 cannot part XOR 0110 by one line: use more hidden neurons";

  @ParameterizedTest
  @EnumSource
  void aNetworkThatLearnsBesideOneThatAnswers(TerminalStyle style) throws IOException {
    BenchView view = view(2, false, learning(Phase.RUNNING, 131, 24), new SteepXor(3), null);

    assertGolden("learning", style, view);
  }

  @ParameterizedTest
  @EnumSource
  void nothingAnswersBeforeTheFirstHasLearnt(TerminalStyle style) throws IOException {
    BenchView view = view(2, false, learning(Phase.RUNNING, 12, 24), null, null);

    assertGolden("untrained", style, view);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsLearntAnswers(TerminalStyle style) throws IOException {
    BenchView view = view(2, true, learning(Phase.LEARNT, 140, 60), new SteepXor(8), null);

    assertGolden("learnt", style, view);
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeLearntSaysWhy(TerminalStyle style) throws IOException {
    Note why = new Note(false, PART + ", such as 2-2-1; the network before goes on answering");
    BenchView view = view(2, true, learning(Phase.NOT_LEARNT, 10_000, 60), new SteepXor(8), why);

    assertGolden("not-learnt", style, view);
  }

  @ParameterizedTest
  @EnumSource
  void theKeysAreTold(TerminalStyle style) throws IOException {
    BenchView view = view(2, true, learning(Phase.LEARNT, 140, 60), new SteepXor(8), null);

    assertGolden("keys", style, new BenchScreen(style).help(view, 80, 24));
  }

  @ParameterizedTest
  @EnumSource
  void noLineIsWiderThanTheWindowAndNoneIsBelowItInAnySize(TerminalStyle style) {
    BenchScreen screen = new BenchScreen(style);
    Note fault = new Note(true, "switch A cannot be read ".repeat(20));
    Note word = new Note(false, "x".repeat(300));
    for (int switches : new int[] {1, 2, 3, 8}) {
      String tables = String.join(",", Collections.nCopies(8, "01".repeat(1 << (switches - 1))));
      assertFits(screen, severalLeds(tables, 1, 0b11111111, 7));
      for (@Nullable Note note : new Note[] {null, fault, word}) {
        for (@Nullable SteepXor model : new SteepXor[] {null, new SteepXor(8)}) {
          assertFits(screen, view(switches, true, hugeLearning(), model, note));
          assertFits(screen, view(switches, true, null, model, note));
        }
      }
    }
  }

  private static void assertFits(BenchScreen screen, BenchView view) {
    for (int columns : new int[] {1, 20, 60, 69, 70, 71, 79, 80, 81, 100, 132, 200, 300}) {
      for (int rows : new int[] {1, 5, 18, 19, 20, 21, 22, 23, 24, 25, 40, 100}) {
        assertFits(screen.lines(view, columns, rows), columns, rows);
        assertFits(screen.help(view, columns, rows), columns, rows);
      }
    }
  }

  @Test
  void everyScreenSaysWhatIsZeroAndOneOnTheMap() {
    Note why = new Note(false, "x ".repeat(60));
    BenchView noted = view(2, false, learning(Phase.NOT_LEARNT, 131, 24), null, why);
    BenchView plain = view(2, false, learning(Phase.RUNNING, 131, 24), null, null);
    BenchScreen screen = new BenchScreen(TerminalStyle.ASCII);

    for (List<String> lines :
        List.of(
            screen.lines(noted, 80, 24),
            screen.lines(plain, 80, 24),
            screen.lines(plain, 70, 19))) {
      assertTrue(String.join("\n", lines).contains("0 .:-=+*#%@1"), lines::toString);
    }
  }

  @Test
  void aWideWindowShowsTheMapsOfBothNetworks() {
    BenchView view = view(2, false, learning(Phase.RUNNING, 131, 24), new SteepXor(3), null);
    BenchScreen screen = new BenchScreen(TerminalStyle.ASCII);

    String narrow = String.join("\n", screen.lines(view, 80, 24));
    assertTrue(
        narrow.contains("  LEARNING 2-3-1") && !narrow.contains("    ANSWERING 2-2-1"), narrow);
    String wide = String.join("\n", screen.lines(view, 130, 24));
    assertTrue(wide.contains("    ANSWERING 2-2-1") && wide.contains("    LEARNING 2-3-1"), wide);
  }

  @Test
  void asciiScreensAreAscii() {
    for (BenchView view :
        List.of(
            view(8, true, hugeLearning(), new SteepXor(8), null),
            view(2, false, hugeLearning(), null, new Note(true, "Küche → дым")))) {
      String text = String.join("", new BenchScreen(TerminalStyle.ASCII).lines(view, 80, 24));

      assertTrue(text.chars().allMatch(c -> c >= ' ' && c <= '~'), text);
    }
  }

  @Test
  void aFaultTakesTheStatusLineWithoutItsControlCharacters() {
    Note fault = new Note(true, "line \u001b[31m17\n is busy 漢");
    BenchView view = view(2, false, hugeLearning(), null, fault);

    List<String> lines = new BenchScreen(TerminalStyle.ASCII).lines(view, 80, 24);

    assertEquals("   fault: line ?[31m17? is busy ? ", lines.get(22));
  }

  @ParameterizedTest
  @CsvSource({"1, a", "2, a b", "3, 1-3", "8, 1-8"})
  void theLastLineNamesTheKeys(int switches, String flips) {
    BenchView view = view(switches, false, hugeLearning(), null, null);

    List<String> lines = new BenchScreen(TerminalStyle.ASCII).lines(view, 80, 24);

    assertEquals(
        flips + " flip   t teach   space pause   + - speed   ? all keys   q quit",
        lines.getLast().strip());
    String keys = String.join("\n", new BenchScreen(TerminalStyle.ASCII).help(view, 80, 24));
    assertTrue(keys.contains("f         answer in fixed"), keys);
    assertEquals(
        switches > 2, keys.contains(": 1 is A, " + switches + " is " + (char) ('@' + switches)));
  }

  @Test
  void everySwitchIsDrawnWithItsLevel() {
    BenchView view = view(8, true, hugeLearning(), null, null);

    String text = String.join("\n", new BenchScreen(TerminalStyle.ASCII).lines(view, 80, 24));

    assertTrue(text.contains("A [  #] 1"), text);
    for (String name : List.of("B", "C", "D", "E", "F", "G", "H")) {
      assertTrue(text.contains(name + " [o  ] 0"), text);
    }
  }

  @Test
  void cornersOfTheMapAreThoseOfTheLevelsOfTheOtherSwitches() {
    TruthTable truth = TruthTable.parse("00010111");
    BenchScreen screen = new BenchScreen(TerminalStyle.ASCII);

    assertEquals(List.of("0", "1", "0", "0"), cornerMarks(screen, truth, 0b010, 0));
    assertEquals(List.of("1", "1", "0", "1"), cornerMarks(screen, truth, 0b011, 0));
    TruthTable two = TruthTable.parse("01101001,00010111");
    assertEquals(List.of("1", "1", "0", "1"), cornerMarks(screen, two, 0b011, 1));
  }

  /** Marks of the corners AB = 01, 11, 00, 10, as they stand on the screen. */
  private static List<String> cornerMarks(BenchScreen screen, TruthTable truth, int row, int led) {
    Network network = new Network("", truth.toString(), 0, DecisionMap.of(new SteepXor(0), 2));
    Answering answering = new Answering(network, 0f, "float");
    BenchView view =
        new BenchView(truth, "device", row, 0, led, answering, null, "", true, 0, null);
    String digits =
        String.join(
                "",
                screen.lines(view, 80, 24).subList(3, 20).stream()
                    .map(l -> l.substring(44))
                    .toList())
            .replaceAll("LED \\d|[^01]", "");
    return List.of(digits.split(""));
  }

  @ParameterizedTest
  @EnumSource
  void twoLedsAreNumberedAndOneIsMapped(TerminalStyle style) throws IOException {
    assertGolden("half-adder", style, severalLeds("0110,0001", 0b10, 0b10, 1));
  }

  @ParameterizedTest
  @EnumSource
  void eightSwitchesAndLedsFit(TerminalStyle style) throws IOException {
    String table = "01".repeat(128);
    String tables = String.join(",", Collections.nCopies(8, table));
    assertGolden("eight-leds", style, severalLeds(tables, 0b10100101, 0b01101001, 7));
  }

  @Test
  void theKeysOfSeveralLedsAreTold() {
    BenchScreen screen = new BenchScreen(TerminalStyle.ASCII);
    BenchView two = severalLeds("0110,0001", 0, 0, 0);
    BenchView one = view(2, false, null, null, null);

    assertEquals(
        "a b flip   t teach   space pause   m LED   ? all keys   q quit",
        screen.lines(two, 70, 19).getLast().strip());
    String help = String.join("\n", screen.help(two, 70, 19));
    assertTrue(help.contains("m         show map and output of the next LED"), help);
    assertTrue(help.contains("t         the present position shall give the next answer"), help);
    assertTrue(help.contains("learn the next tables, one for each LED"), help);
    assertFalse(String.join("\n", screen.help(one, 70, 19)).contains("next LED"));
  }

  @Test
  void answersAreShownIfThereIsRoom() {
    String three = text(severalLeds("0110,0001,0111", 0, 0, 0));
    assertTrue(three.contains("ANSWERING 2-4-3  0110,0001,0111"), three);
    assertTrue(three.contains("learns 0110,0001,0111  recipe device  seed 42"), three);
    String five = text(severalLeds("0110,0001,0111,1000,1110", 0, 0, 3));
    assertTrue(five.contains("ANSWERING 2-4-5  LED 4 NOR 1000  "), five);
    assertTrue(five.contains("learns 4 rows for 5 LEDs  recipe device  seed 42"), five);
    String large = text(severalLeds("01".repeat(8) + "," + "10".repeat(8), 0, 0, 0));
    assertTrue(large.contains("learns 16 rows for 2 LEDs  recipe device"), large);
  }

  private static String text(BenchView view) {
    return String.join("\n", new BenchScreen(TerminalStyle.ASCII).lines(view, 70, 19));
  }

  private static BenchView severalLeds(String tables, int row, int answer, int led) {
    TruthTable truth = TruthTable.parse(tables);
    DecisionMap map = DecisionMap.of(new SteepXor(8), 48);
    String topology = truth.inputs() + "-4-" + truth.leds();
    Network learner = new Network(topology, tables, 3, map);
    Learning learning =
        new Learning(
            learner, Phase.RUNNING, "20 epochs/s", 131, 10_000, 1, 42, 0.0123f, points(0.3f, 0.1f));
    return new BenchView(
        truth,
        "device",
        row,
        answer,
        led,
        new Answering(new Network(topology, tables, truth.rows(), map), 0.0213f, "float"),
        learning,
        "simulated board",
        true,
        12345,
        null);
  }

  @Test
  void withoutATrainingThePanelSaysHowToBeginOne() {
    BenchView view = view(2, false, null, null, null);

    String text = String.join("\n", new BenchScreen(TerminalStyle.ASCII).lines(view, 80, 24));

    assertTrue(text.contains("ANSWERING none: the LED stays dark"), text);
    assertTrue(text.contains("LEARNING  nothing; r trains a network"), text);
  }

  @Test
  void aWindowThatIsTooSmallIsToldPolitely() {
    BenchView view = view(2, false, hugeLearning(), null, null);

    assertEquals(
        List.of(
            "Switchback needs a window of 70 by 19; this one is 60 by 20.",
            "Please enlarge it, or press q to quit."),
        new BenchScreen(TerminalStyle.ASCII).lines(view, 60, 20));
  }

  @Test
  void onAHeaderTheKeysOfTheSwitchesAreNotOffered() {
    Answering answering = new Answering(null, Float.NaN, "float");
    BenchView view =
        new BenchView(
            TruthTable.XOR, "device", 0, 0, 0, answering, null, "Raspberry Pi", false, 0, null);
    List<String> lines = new BenchScreen(TerminalStyle.ASCII).lines(view, 80, 24);
    assertTrue(lines.getLast().contains("space pause"), lines.getLast());
    assertFalse(lines.getLast().contains("flip"), lines.getLast());
  }

  private static BenchView view(
      int switches,
      boolean isAClosed,
      @Nullable Learning learning,
      @Nullable SteepXor model,
      @Nullable Note note) {
    TruthTable truth =
        switches == 2 ? TruthTable.XOR : TruthTable.parse("01".repeat(1 << (switches - 1)));
    Network network =
        model == null
            ? null
            : new Network("2-2-1", truth.toString(), truth.rows(), DecisionMap.of(model, 48));
    return new BenchView(
        truth,
        "device",
        isAClosed ? 1 << (switches - 1) : 0,
        model != null && isAClosed ? 1 : 0,
        0,
        new Answering(
            network, network == null ? Float.NaN : isAClosed ? 0.9876f : 0.1229f, "float"),
        learning,
        "simulated board",
        true,
        12345,
        note);
  }

  private static Learning learning(Phase phase, int epochs, int points) {
    List<Point> history = new ArrayList<>();
    double loss = 0.3;
    for (int k = 0; k < points; k++) {
      boolean isSecond = k >= points / 3;
      int since = isSecond ? k - points / 3 : 0;
      loss = isSecond ? 0.25 / (1 + since * since) : 0.26 - 0.002 * k;
      history.add(new Point(1 + k * (epochs - 1) / (points - 1), loss, isSecond ? 1 : 0));
    }
    boolean isLearnt = phase == Phase.LEARNT;
    Network network =
        new Network(
            isLearnt ? "2-2-1" : phase == Phase.RUNNING ? "2-3-1" : "2-1",
            isLearnt ? "0110" : "0111",
            isLearnt ? 4 : 3,
            DecisionMap.of(new SteepXor(isLearnt ? 8 : 1), 48));
    return new Learning(
        network, phase, "20 epochs/s", epochs, 10_000, 1, 42, (float) loss, history);
  }

  private static Learning hugeLearning() {
    return new Learning(
        new Network(
            "8-4096-4096-4096-1", "01".repeat(128), 128, DecisionMap.of(new SteepXor(1), 48)),
        Phase.NOT_LEARNT,
        "full speed",
        10_000_000,
        10_000_000,
        100_000,
        Long.MIN_VALUE,
        1.234e-30f,
        points(Float.POSITIVE_INFINITY, Float.NaN, 1e30f, 0f, 1.2e-30f));
  }

  private static List<Point> points(float... losses) {
    List<Point> points = new ArrayList<>();
    for (float loss : losses) {
      points.add(new Point(points.size() + 1, loss));
    }
    return points;
  }

  private static void assertFits(List<String> lines, int columns, int rows) {
    assertTrue(lines.size() <= rows, () -> lines.size() + " lines in " + rows + " rows");
    for (String line : lines) {
      String visible = line.replaceAll("\u001b\\[[0-9;]*m", "");
      assertTrue(visible.length() <= columns, () -> columns + " columns for " + visible);
    }
  }

  private static void assertGolden(String name, TerminalStyle style, BenchView view)
      throws IOException {
    assertGolden(name, style, new BenchScreen(style).lines(view, 80, 24));
  }

  /** Golden screens have U+241B for escape, so that they can be read and compared as text. */
  private static void assertGolden(String name, TerminalStyle style, List<String> lines)
      throws IOException {
    String file = name + "-" + style.name().toLowerCase(Locale.ROOT) + ".txt";
    String actual = String.join("\n", lines).replace('\u001b', '\u241b') + "\n";
    Files.createDirectories(ACTUAL);
    Files.writeString(ACTUAL.resolve(file), actual);

    assertFits(lines, 80, 24);
    assertEquals(
        Files.readString(GOLDEN.resolve(file), UTF_8),
        actual,
        "if the new screen is right, copy " + ACTUAL.resolve(file) + " to " + GOLDEN);
  }
}
