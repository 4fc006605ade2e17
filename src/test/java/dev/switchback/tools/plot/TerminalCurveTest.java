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
        List.of(
            "    1 │██        ",
            "      │██▅▅      ",
            "      │████▃▃    ",
            " 1e-3 │██████▁▁▁▁",
            "epoch 0──────── 5"),
        draw(FALLING, TerminalStyle.MONOCHROME, 17, 4));
  }

  @Test
  void inAsciiThereAreThreeLevelsPerRow() {
    assertEquals(
        List.of(
            "    1 |||        ",
            "      |||::      ",
            "      |||||..    ",
            " 1e-3 |||||||....",
            "epoch 0-------- 5"),
        draw(FALLING, TerminalStyle.ASCII, 17, 4));
  }

  @Test
  void eachNewAttemptIsMarkedOnTheAxis() {
    List<Point> history =
        List.of(
            new Point(1, 1, 0),
            new Point(2, 0.1, 0),
            new Point(3, 1, 1),
            new Point(4, 0.1, 1),
            new Point(5, 1, 3),
            new Point(6, 0.1, 3));

    assertEquals("epoch 0───▲─▲ 6", draw(history, TerminalStyle.MONOCHROME, 15, 1).getLast());
    assertEquals("epoch 0-----^---^-- 6", draw(history, TerminalStyle.ASCII, 21, 1).getLast());
  }

  @Test
  void aLossBeyondNumbersReachesTheTop() {
    List<Point> history = points(Float.NaN, 0.5f, Float.POSITIVE_INFINITY);

    assertEquals("    1 │█▆█", draw(history, TerminalStyle.MONOCHROME, 10, 1).getFirst());
  }

  @Test
  void withoutAnyLossThereAreOnlyTheScales() {
    assertEquals(
        List.of("    1 |  ", "  0.1 |  ", "epoch 0--"), draw(List.of(), TerminalStyle.ASCII, 9, 2));
  }

  @Test
  void aLongHistoryIsSqueezedIntoTheWidth() {
    float[] losses = new float[1000];
    Arrays.fill(losses, 0, 500, 1f);
    Arrays.fill(losses, 500, 1000, 0.1f);

    assertEquals("    1 |||||....", draw(points(losses), TerminalStyle.ASCII, 15, 1).getFirst());
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
