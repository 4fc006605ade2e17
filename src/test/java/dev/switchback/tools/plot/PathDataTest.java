package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Draws;
import dev.switchback.core.nn.SplitMix;
import java.awt.geom.Line2D;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathDataTest {
  @Test
  void linesAreRelativeInTenthsWithRowsUpwards() {
    Polyline triangle = new Polyline(new double[] {0, 0, 1, 0, 1, 0.5}, true);

    assertEquals("M10 60l40 0 0-20z", PathData.of(List.of(triangle), new Area(10, 20, 40, 40), 2));
    assertEquals("M0 0.5l1.2-0.5 3 7", PathData.through(0, 0.5, 1.21, 0.04, 4.2, 7));
  }

  @Test
  void repeatedAndStraightPointsAreLeftOut() {
    assertEquals("M0 0l10 0 0 5", PathData.through(0, 0, 0, 0.01, 4, 0, 7, 0.1, 10, 0, 10, 5));
  }

  @Test
  void aLineTurningBackKeepsItsTip() {
    assertEquals("M0 0l10 0-5 0", PathData.through(0, 0, 10, 0, 5, 0));
  }

  @Test
  void whatIsOnlyAPointOrHasNoAreaIsNotDrawn() {
    assertEquals("", PathData.through(3, 3, 3.01, 3));
    assertEquals("", PathData.through());
    Polyline point = new Polyline(new double[] {1, 1, 1, 1, 1, 1}, true);
    assertEquals("", PathData.of(List.of(point), new Area(0, 0, 10, 10), 3));
  }

  @Test
  void noPointLeftOutIsFartherFromTheLineThanTheTolerance() {
    SplitMix random = new SplitMix(1);
    for (int repeat = 0; repeat < 100; repeat++) {
      long[] points = new long[200];
      for (int k = 2; k < points.length; k++) {
        points[k] = points[k - 2] + Math.round(4 * Draws.signed(random) + (k % 2 == 0 ? 2 : 0));
      }
      long[] simplified = PathData.simplify(points, 3);
      double[] kept = Arrays.stream(simplified).asDoubleStream().toArray();
      double[] all = Arrays.stream(points).asDoubleStream().toArray();

      assertTrue(kept.length < points.length, "something was left out");
      for (int p = 0; p < points.length; p += 2) {
        assertTrue(distance(all[p], all[p + 1], kept) <= 3 + 1e-9);
      }
    }
  }

  @Test
  void bothEndsStayEvenWhereTheyMeet() {
    long[] ring = {0, 0, 10, 0, 10, 10, 0, 10, 0, 1};

    assertArrayEquals(ring, PathData.simplify(ring, 0.5));
    assertArrayEquals(
        new long[] {0, 0, 5, 0}, PathData.simplify(new long[] {0, 0, 1, 0, 5, 0}, 0.5));
  }

  private static double distance(double x, double y, double[] line) {
    double least = Double.POSITIVE_INFINITY;
    for (int k = 2; k < line.length; k += 2) {
      least =
          Math.min(least, Line2D.ptSegDist(line[k - 2], line[k - 1], line[k], line[k + 1], x, y));
    }
    return least;
  }
}
