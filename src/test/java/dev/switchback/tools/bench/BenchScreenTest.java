package dev.switchback.tools.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.LossCurve.Point;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.bench.BenchView.Phase;
import dev.switchback.tools.bench.BenchView.Training;
import dev.switchback.tools.cli.files.SteepXor;
import dev.switchback.tools.plot.DecisionMap;
import dev.switchback.tools.plot.TerminalStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  @ParameterizedTest
  @EnumSource
  void aTrainingAt80By24LooksLikeTheGoldenScreen(TerminalStyle style) throws IOException {
    BenchView view = view(2, false, training(Phase.RUNNING, 1312, 24), new SteepXor(3), null);

    assertGolden("training", style, view);
  }

  @ParameterizedTest
  @EnumSource
  void theSolvedBenchAt80By24LooksLikeTheGoldenScreen(TerminalStyle style) throws IOException {
    BenchView view = view(2, true, training(Phase.SOLVED, 3280, 60), new SteepXor(8), null);

    assertGolden("solved", style, view);
  }

  @ParameterizedTest
  @EnumSource
  void noLineIsWiderThanTheWindowAndNoneIsBelowItInAnySize(TerminalStyle style) {
    BenchScreen screen = new BenchScreen(style);
    String longFault = "switch A cannot be read ".repeat(20);
    for (int switches : new int[] {1, 2, 3, 8}) {
      BenchView view = view(switches, true, hugeTraining(), new SteepXor(8), null);
      BenchView faulty = view(switches, true, hugeTraining(), new SteepXor(8), longFault);
      for (int columns : new int[] {1, 20, 60, 69, 70, 71, 79, 80, 81, 100, 132, 300}) {
        for (int rows : new int[] {1, 5, 18, 19, 20, 23, 24, 25, 40, 100}) {
          assertFits(screen.lines(view, columns, rows), columns, rows);
          assertFits(screen.lines(faulty, columns, rows), columns, rows);
        }
      }
    }
  }

  @Test
  void asciiScreensAreAscii() {
    for (BenchView view :
        List.of(
            view(8, true, hugeTraining(), new SteepXor(8), null),
            view(2, false, training(Phase.UNSOLVED, 1, 0), null, "Küche → дым"))) {
      String text = String.join("", new BenchScreen(TerminalStyle.ASCII).lines(view, 80, 24));

      assertTrue(text.chars().allMatch(c -> c >= ' ' && c <= '~'), text);
    }
  }

  @Test
  void aFaultTakesTheStatusLineWithoutItsControlCharacters() {
    BenchView view = view(2, false, hugeTraining(), null, "line \u001b[31m17\n is busy 漢");

    List<String> lines = new BenchScreen(TerminalStyle.ASCII).lines(view, 80, 23);

    assertEquals("   fault: line ?[31m17? is busy ? ", lines.get(21));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 'a flip    r retrain    f float/fixed    q quit'",
    "2, 'a b flip    r retrain    f float/fixed    q quit'",
    "5, 'a-e flip    r retrain    f float/fixed    q quit'",
    "6, 'a-f flip    r retrain    x float/fixed    q quit'",
  })
  void theLastLineNamesTheKeys(int switches, String keys) {
    BenchView view = view(switches, false, hugeTraining(), null, null);

    List<String> lines = new BenchScreen(TerminalStyle.ASCII).lines(view, 80, 24);

    assertEquals(keys, lines.getLast().strip());
  }

  @Test
  void everySwitchIsDrawnWithItsLevel() {
    BenchView view = view(8, true, hugeTraining(), null, null);

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

    assertEquals(List.of("0", "1", "0", "0"), cornerMarks(screen, truth, 0b010));
    assertEquals(List.of("1", "1", "0", "1"), cornerMarks(screen, truth, 0b011));
  }

  /** Marks of the corners AB = 01, 11, 00, 10, as they stand on the screen. */
  private static List<String> cornerMarks(BenchScreen screen, TruthTable truth, int row) {
    BenchView view =
        new BenchView(
            truth,
            "",
            row,
            false,
            0f,
            "float",
            hugeTraining(),
            DecisionMap.of(new SteepXor(0), 2),
            "",
            true,
            0,
            0,
            null);
    String digits =
        String.join(
                "",
                screen.lines(view, 80, 23).subList(2, 19).stream()
                    .map(l -> l.substring(44))
                    .toList())
            .replaceAll("[^01]", "");
    return List.of(digits.split(""));
  }

  @Test
  void withoutAModelThereIsNoOutputAndNoMap() {
    BenchView view = view(2, false, training(Phase.RUNNING, 0, 0), null, null);

    List<String> lines = new BenchScreen(TerminalStyle.ASCII).lines(view, 80, 24);

    assertEquals("  OUTPUT  -              ENGINE  float", lines.get(8));
    assertFalse(lines.get(9).contains("#"), lines.get(9));
  }

  @Test
  void aWindowThatIsTooSmallIsToldPolitely() {
    BenchView view = view(2, false, hugeTraining(), null, null);

    assertEquals(
        List.of(
            "Switchback needs a window of 70 by 19; this one is 60 by 20.",
            "Please enlarge it, or press q to quit."),
        new BenchScreen(TerminalStyle.ASCII).lines(view, 60, 20));
  }

  private static BenchView view(
      int switches,
      boolean isAClosed,
      Training training,
      @Nullable SteepXor model,
      @Nullable String fault) {
    return new BenchView(
        switches == 2 ? TruthTable.XOR : TruthTable.parse("01".repeat(1 << (switches - 1))),
        "2-2-1",
        isAClosed ? 1 << (switches - 1) : 0,
        isAClosed,
        model == null ? Float.NaN : isAClosed ? 0.9876f : 0.1229f,
        "float",
        training,
        model == null ? null : DecisionMap.of(model, 48),
        "simulated board",
        true,
        10,
        12345,
        fault);
  }

  @Test
  void onAHeaderTheKeysOfTheSwitchesAreNotOffered() {
    BenchView view =
        new BenchView(
            TruthTable.XOR,
            "2-2-1",
            0,
            false,
            0f,
            "float",
            hugeTraining(),
            null,
            "Raspberry Pi",
            false,
            10,
            0,
            null);
    List<String> lines = new BenchScreen(TerminalStyle.ASCII).lines(view, 80, 24);
    assertTrue(lines.getLast().contains("r retrain"), lines.getLast());
    assertFalse(lines.getLast().contains("flip"), lines.getLast());
  }

  private static Training training(Phase phase, int epoch, int points) {
    float[] losses = new float[points];
    for (int k = 0; k < points; k++) {
      losses[k] = 0.25f / (1 + k * k);
    }
    float loss = points == 0 ? Float.NaN : losses[points - 1];
    return new Training(phase, epoch, 4000, 1, 42, loss, points(losses));
  }

  private static List<Point> points(float... losses) {
    List<Point> points = new ArrayList<>();
    for (float loss : losses) {
      points.add(new Point(points.size() + 1, loss));
    }
    return points;
  }

  private static Training hugeTraining() {
    return new Training(
        Phase.UNSOLVED,
        10_000_000,
        10_000_000,
        100_000,
        Long.MIN_VALUE,
        1.234e-30f,
        points(Float.POSITIVE_INFINITY, Float.NaN, 1e30f, 0f, 1.2e-30f));
  }

  private static void assertFits(List<String> lines, int columns, int rows) {
    assertTrue(lines.size() <= rows, () -> lines.size() + " lines in " + rows + " rows");
    for (String line : lines) {
      String visible = line.replaceAll("\u001b\\[[0-9;]*m", "");
      assertTrue(visible.length() <= columns, () -> columns + " columns for " + visible);
    }
  }

  /** Golden screens have U+241B for escape, so that they can be read and compared as text. */
  private static void assertGolden(String name, TerminalStyle style, BenchView view)
      throws IOException {
    String file = name + "-" + style.name().toLowerCase(Locale.ROOT) + ".txt";
    List<String> lines = new BenchScreen(style).lines(view, 80, 24);
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
