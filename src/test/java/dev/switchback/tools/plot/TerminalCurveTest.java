package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.core.LossCurve.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalCurveTest {
  private static final List<Point> FALLING = points(1f, 0.1f, 0.01f, 0.001f, 0f);

  @Test
  void equalRatiosAreEqualSteps() {
    assertEquals(
        List.of("    1 │██        ", "      │██▅▅      ", "      │████▃▃    ", " 1e-3 │██████▁▁▁▁"),
        draw(FALLING, TerminalStyle.MONOCHROME, 17, 4));
  }

  @Test
  void inAsciiThereAreThreeLevelsPerRow() {
    assertEquals(
        List.of("    1 |||        ", "      |||::      ", "      |||||..    ", " 1e-3 |||||||...."),
        draw(FALLING, TerminalStyle.ASCII, 17, 4));
  }

  @Test
  void oneRowIsACurveWithoutAScale() {
    assertEquals(List.of("█▅▃▁▁"), draw(FALLING, TerminalStyle.MONOCHROME, 5, 1));
  }

  @Test
  void aLossBeyondNumbersReachesTheTop() {
    List<Point> history = points(Float.NaN, 0.5f, Float.POSITIVE_INFINITY);

    assertEquals(List.of("█▆█"), draw(history, TerminalStyle.MONOCHROME, 3, 1));
  }

  @Test
  void withoutAnyLossThereIsOnlyTheScale() {
    assertEquals(List.of("    1 |  ", "  0.1 |  "), draw(List.of(), TerminalStyle.ASCII, 9, 2));
  }

  @Test
  void aLongHistoryIsSqueezedIntoTheWidth() {
    float[] losses = new float[1000];
    Arrays.fill(losses, 0, 500, 1f);
    Arrays.fill(losses, 500, 1000, 0.1f);

    assertEquals(List.of("||||...."), draw(points(losses), TerminalStyle.ASCII, 8, 1));
  }

  private static List<Point> points(float... losses) {
    List<Point> points = new ArrayList<>();
    for (float loss : losses) {
      points.add(new Point(points.size() + 1, loss));
    }
    return points;
  }

  private static List<String> draw(
      List<Point> history, TerminalStyle style, int columns, int rows) {
    return new TerminalCurve(history, style, columns, rows)
        .lines().stream().map(TerminalLine::toString).toList();
  }
}
