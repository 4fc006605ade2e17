package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.LossCurve.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelColumnsTest {
  private static final Scale TEN_COLUMNS = new Scale(0, 1000, 0, 10);

  @Test
  void ofManyPointsInAColumnTheFirstTheExtremesAndTheLastStay() {
    List<Point> points = new ArrayList<>();
    for (int epoch = 0; epoch < 100; epoch++) {
      points.add(new Point(epoch, epoch == 30 ? 9 : epoch == 70 ? 0 : 5));
    }

    assertEquals(
        List.of(List.of(new Point(0, 5), new Point(30, 9), new Point(70, 0), new Point(99, 5))),
        PixelColumns.runs(points, TEN_COLUMNS));
  }

  @Test
  void noPointIsKeptTwice() {
    List<Point> falling = new ArrayList<>();
    List<Point> flat = new ArrayList<>();
    for (int epoch = 0; epoch < 100; epoch++) {
      falling.add(new Point(epoch, 100 - epoch));
      flat.add(new Point(epoch, 1));
    }

    assertEquals(
        List.of(List.of(new Point(0, 100), new Point(99, 1))),
        PixelColumns.runs(falling, TEN_COLUMNS));
    assertEquals(
        List.of(List.of(new Point(0, 1), new Point(99, 1))), PixelColumns.runs(flat, TEN_COLUMNS));
  }

  @Test
  void fewPointsAllStayAndMissingOnesCut() {
    Point first = new Point(0, 1);
    Point second = new Point(500, 0);
    Point third = new Point(1000, 3);

    assertEquals(
        List.of(List.of(first), List.of(second, third)),
        PixelColumns.runs(
            List.of(
                new Point(0, -1),
                first,
                new Point(250, Double.NaN),
                new Point(260, Double.POSITIVE_INFINITY),
                second,
                third),
            TEN_COLUMNS));
    assertEquals(List.of(), PixelColumns.runs(List.of(), TEN_COLUMNS));
  }

  @Test
  void aColumnWithoutAnyLossCutsAndOneWithSomeDoesNot() {
    List<Point> points = new ArrayList<>();
    for (int epoch = 0; epoch < 300; epoch++) {
      boolean isMissing = (epoch >= 100 && epoch < 200) || epoch % 10 == 3;
      points.add(new Point(epoch, isMissing ? Double.NaN : 1));
    }

    List<List<Point>> runs = PixelColumns.runs(points, TEN_COLUMNS);

    assertEquals(2, runs.size());
    assertEquals(new Point(99, 1), runs.get(0).getLast());
    assertEquals(new Point(200, 1), runs.get(1).getFirst());
  }

  @Test
  void aHundredThousandPointsBecomeFourPerColumn() {
    List<Point> points = new ArrayList<>();
    for (int epoch = 0; epoch < 100_000; epoch++) {
      points.add(new Point(epoch, 1 + epoch % 7));
    }

    List<List<Point>> runs = PixelColumns.runs(points, new Scale(0, 99_999, 0, 650));

    assertEquals(1, runs.size());
    assertTrue(runs.getFirst().size() <= 4 * 651, () -> "" + runs.getFirst().size());
  }

  @Test
  void aCurveKeepsItsPointsWhateverHappensToTheList() {
    List<Point> points = new ArrayList<>(List.of(new Point(1, 2)));
    LossPicture.Curve curve = new LossPicture.Curve("x", points);
    points.clear();

    assertEquals(new LossPicture.Curve("x", List.of(new Point(1, 2))), curve);
    assertEquals(new LossPicture.Curve("x", List.of(new Point(1, 2))).hashCode(), curve.hashCode());
    assertNotEquals(new LossPicture.Curve("x", List.of(new Point(1, 3))), curve);
    assertNotEquals(new LossPicture.Curve("y", List.of(new Point(1, 2))), curve);
  }
}
