package dev.switchback.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.LossCurve.Piece;
import dev.switchback.core.LossCurve.Point;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LossCurveTest {
  private final LossCurve curve = new LossCurve();

  @BeforeEach
  void begin() {
    curve.begin(1);
  }

  @Test
  void aShortTrainingIsKeptAsItIs() {
    curve.add(1, 3, 0);
    curve.add(2, 2, 0);

    assertEquals(List.of(new Point(1, 3), new Point(2, 2)), curve.points());
  }

  @Test
  void restartsStayWithTheirPointsWhenPointsGo() {
    for (int epoch = 1; epoch <= 2000; epoch++) {
      curve.add(epoch, 1, epoch / 97);
    }

    List<Point> all = curve.points();
    assertTrue(all.size() < 2000);
    all.forEach(point -> assertEquals(point.epoch() / 97, point.restarts()));
  }

  @Test
  void aCurveOfManyEpochsKeepsItsShapeInTheSameMemory() {
    addEpochs(100_000);

    List<Point> all = curve.points();
    assertTrue(all.size() > 256 && all.size() <= 512);
    int stride = all.get(1).epoch() - all.get(0).epoch();
    for (int k = 0; k < all.size(); k++) {
      assertEquals(new Point((k + 1) * stride, (k + 1) * stride), all.get(k));
    }
  }

  @Test
  void whatWasHandedOutNeverChangesAndNeverOutgrowsTheMemory() {
    curve.add(1, 1, 0);
    List<Point> before = curve.points();
    for (int epoch = 2; epoch < 100_000; epoch++) {
      curve.add(epoch, 2, 0);
      assertTrue(epoch % 1000 != 0 || curve.points().size() <= 512);
    }

    assertEquals(List.of(new Point(1, 1)), before);
  }

  @Test
  void theNextTrainingForgetsEverything() {
    addEpochs(513);
    curve.begin(2);
    curve.add(1, 1, 0);

    assertEquals(List.of(new Point(1, 1)), curve.points());
  }

  @Test
  void piecesFollowEachOtherAndACursorOfAnotherTrainingGetsEverything() {
    addEpochs(5);

    Piece first = curve.after(0, 3);
    Piece second = curve.after(first.cursor(), 3);
    assertEquals(curve.points().subList(0, 3), first.points());
    assertEquals(curve.points().subList(3, 5), second.points());
    assertEquals(new Piece(second.cursor(), List.of()), curve.after(second.cursor(), 3));

    curve.begin(2);
    curve.add(1, 1, 0);
    assertEquals(List.of(new Point(1, 1)), curve.after(second.cursor(), 3).points());
  }

  /** Adds epochs whose loss equals their number. */
  private void addEpochs(int count) {
    for (int epoch = 1; epoch <= count; epoch++) {
      curve.add(epoch, epoch, 0);
    }
  }
}
