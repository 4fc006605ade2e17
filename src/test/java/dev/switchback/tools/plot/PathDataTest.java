package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Draws;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.tools.plot.PathData.Dot;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
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
      List<Dot> dots = new ArrayList<>(List.of(new Dot(0, 0)));
      while (dots.size() < 100) {
        long x = dots.getLast().x() + Math.round(4 * Draws.signed(random) + 2);
        long y = dots.getLast().y() + Math.round(4 * Draws.signed(random));
        dots.add(new Dot(x, y));
      }
      List<Dot> kept = PathData.simplify(dots, 3);

      assertTrue(kept.size() < dots.size(), "something was left out");
      dots.forEach(dot -> assertTrue(distance(dot, kept) <= 3 + 1e-9));
    }
  }

  @Test
  void bothEndsStayEvenWhereTheyMeet() {
    List<Dot> ring =
        List.of(new Dot(0, 0), new Dot(10, 0), new Dot(10, 10), new Dot(0, 10), new Dot(0, 1));
    List<Dot> line = List.of(new Dot(0, 0), new Dot(1, 0), new Dot(5, 0));

    assertEquals(ring, PathData.simplify(ring, 0.5));
    assertEquals(List.of(new Dot(0, 0), new Dot(5, 0)), PathData.simplify(line, 0.5));
  }

  private static double distance(Dot dot, List<Dot> line) {
    double least = Double.POSITIVE_INFINITY;
    for (int k = 1; k < line.size(); k++) {
      least =
          Math.min(
              least,
              new Line2D.Double(point(line.get(k - 1)), point(line.get(k))).ptSegDist(point(dot)));
    }
    return least;
  }

  private static Point2D point(Dot dot) {
    return new Point2D.Double((double) dot.x(), (double) dot.y());
  }
}
