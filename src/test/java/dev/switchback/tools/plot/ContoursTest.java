package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Draws;
import dev.switchback.core.nn.SplitMix;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContoursTest {
  private static final double EXACT_ENOUGH = 1e-9;

  /** The corners are counted south-west 1, south-east 2, north-east 4, north-west 8. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.5, '', 0",
    "1, 0.5, 'S>W', 0.125",
    "2, 0.5, 'E>S', 0.125",
    "3, 0.5, 'E>W', 0.5",
    "4, 0.5, 'N>E', 0.125",
    "5, 0.5, 'N>W S>E', 0.75",
    "6, 0.5, 'N>S', 0.5",
    "7, 0.5, 'N>W', 0.875",
    "8, 0.5, 'W>N', 0.125",
    "9, 0.5, 'S>N', 0.5",
    "10, 0.5, 'E>N W>S', 0.75",
    "11, 0.5, 'E>N', 0.875",
    "12, 0.5, 'W>E', 0.5",
    "13, 0.5, 'S>E', 0.875",
    "14, 0.5, 'W>S', 0.875",
    "15, 0.5, '', 1",
    "5, 0.75, 'N>E S>W', 0.0625",
    "10, 0.75, 'E>S W>N', 0.0625",
    "5, 0.25, 'N>W S>E', 0.9375",
    "10, 0.25, 'E>N W>S', 0.9375",
  })
  void everyCellIsPartedWithTheInsideOnTheLeft(
      int corners, double level, String segments, double area) {
    Grid grid = new Grid(2, corners & 1, corners >> 1 & 1, corners >> 3 & 1, corners >> 2 & 1);

    TreeSet<String> found = new TreeSet<>();
    for (Polyline line : Contours.isolines(grid, level)) {
      assertEquals(2, line.size());
      assertFalse(line.isClosed());
      found.add(edge(line, 0) + ">" + edge(line, 1));
    }
    assertEquals(segments, String.join(" ", found));
    assertEquals(area, area(Contours.regions(grid, level)), EXACT_ENOUGH);
  }

  private static String edge(Polyline line, int point) {
    double column = line.column(point);
    double row = line.row(point);
    return row == 0 ? "S" : column == 1 ? "E" : row == 1 ? "N" : column == 0 ? "W" : "?";
  }

  @Test
  void crossingsAreInterpolatedLinearly() {
    List<Polyline> lines = Contours.isolines(new Grid(2, 0, 4, 2, 6), 1);

    assertEquals(1, lines.size());
    assertEquals(0, lines.getFirst().column(0), EXACT_ENOUGH);
    assertEquals(0.5, lines.getFirst().row(0), EXACT_ENOUGH);
    assertEquals(0.25, lines.getFirst().column(1), EXACT_ENOUGH);
    assertEquals(0, lines.getFirst().row(1), EXACT_ENOUGH);
  }

  @Test
  void aValueAtTheLevelIsInside() {
    assertEquals(16, area(Contours.regions(grid(5, (c, r) -> 0.5), 0.5)), EXACT_ENOUGH);
    assertEquals(0.125, area(Contours.regions(new Grid(2, 2, 0, 0, 1), 1)), EXACT_ENOUGH);
  }

  @Test
  void aClosedLineDoesNotRepeatItsFirstPoint() {
    Polyline diamond = Contours.isolines(new Grid(3, 0, 0, 0, 0, 1, 0, 0, 0, 0), 0.5).getFirst();

    assertTrue(diamond.isClosed());
    assertEquals(4, diamond.size());
    assertEquals(0.5, area(diamond), EXACT_ENOUGH);
  }

  @Test
  void aPlaneIsCutAlongOneStraightLineFromBorderToBorder() {
    Grid plane = grid(11, (column, row) -> column + 2 * row);

    List<Polyline> lines = Contours.isolines(plane, 12.5);

    assertEquals(1, lines.size());
    Polyline line = lines.getFirst();
    for (int p = 0; p < line.size(); p++) {
      assertEquals(12.5, line.column(p) + 2 * line.row(p), EXACT_ENOUGH);
    }
    assertEquals(0, line.column(0), EXACT_ENOUGH);
    assertEquals(10, line.column(line.size() - 1), EXACT_ENOUGH);
    assertEquals(100 - (6.25 + 1.25) / 2 * 10, area(Contours.regions(plane, 12.5)), EXACT_ENOUGH);
  }

  @Test
  void aDiscIsOneClosedLineOfItsAreaAndItsSurroundingsHaveItAsAHole() {
    Grid cone = grid(101, (column, row) -> -StrictMath.hypot(column - 50, row - 50));

    List<Polyline> disc = Contours.regions(cone, -40);
    List<Polyline> surroundings = Contours.regions(negated(cone), 40);

    assertEquals(1, disc.size());
    assertEquals(Math.PI * 1600, area(disc), 1);
    assertEquals(2, surroundings.size());
    assertEquals(10000 - Math.PI * 1600, area(surroundings), 1);
    assertTrue(surroundings.stream().anyMatch(line -> area(line) < -5000));
    List<Polyline> circle = Contours.isolines(cone, -40);
    assertEquals(1, circle.size());
    assertTrue(circle.getFirst().isClosed());
    assertEquals(area(disc), area(circle), EXACT_ENOUGH);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 21})
  void aRegionAndItsComplementFillTheSquareWhateverTheValues(int side) {
    SplitMix random = new SplitMix(side);
    for (int repeat = 0; repeat < 50; repeat++) {
      Grid grid = grid(side, (column, row) -> Draws.signed(random));

      List<Polyline> above = Contours.regions(grid, 0.1);
      List<Polyline> below = Contours.regions(negated(grid), -0.1);

      assertEquals((side - 1) * (side - 1), area(above) + area(below), EXACT_ENOUGH);
      assertTrue(above.stream().allMatch(Polyline::isClosed));
      assertInside(above, side);
    }
  }

  @Test
  void everyOpenLineBeginsAndEndsOnTheBorder() {
    SplitMix random = new SplitMix(7);
    for (int repeat = 0; repeat < 50; repeat++) {
      for (Polyline line : Contours.isolines(grid(9, (c, r) -> Draws.signed(random)), 0.2)) {
        assertTrue(line.isClosed() || (isOnBorder(line, 0) && isOnBorder(line, line.size() - 1)));
      }
    }
  }

  private static boolean isOnBorder(Polyline line, int point) {
    double column = line.column(point);
    double row = line.row(point);
    return column == 0 || column == 8 || row == 0 || row == 8;
  }

  @Test
  void allKnownValuesAreAboveNegativeInfinity() {
    assertEquals(
        16, area(Contours.regions(grid(5, (c, r) -> -c), Double.NEGATIVE_INFINITY)), EXACT_ENOUGH);
  }

  @Test
  void anUnknownPointTakesHalfOfEachCellAroundItAndNoLinePassesThere() {
    Grid holed = grid(5, (column, row) -> column == 2 && row == 2 ? Double.NaN : column);

    assertEquals(
        16 - 4 * 0.5, area(Contours.regions(holed, Double.NEGATIVE_INFINITY)), EXACT_ENOUGH);
    List<Polyline> lines = Contours.isolines(holed, 1.5);
    assertEquals(2, lines.size());
    for (Polyline line : lines) {
      assertEquals(2, line.size());
      assertEquals(1.5, line.column(0), EXACT_ENOUGH);
      assertEquals(1, Math.abs(line.row(0) - line.row(1)), EXACT_ENOUGH);
      assertTrue(line.row(0) <= 1 || line.row(0) >= 3);
    }
  }

  @Test
  void withoutAnyKnownValueThereIsNoRegion() {
    assertEquals(List.of(), Contours.regions(grid(4, (c, r) -> Double.NaN), 0));
  }

  private interface Field {
    double at(int column, int row);
  }

  private static Grid grid(int side, Field field) {
    double[] values = new double[side * side];
    for (int p = 0; p < values.length; p++) {
      values[p] = field.at(p % side, p / side);
    }
    return new Grid(side, values);
  }

  private static Grid negated(Grid grid) {
    return grid(grid.side(), (column, row) -> -grid.value(column, row));
  }

  private static double area(List<Polyline> lines) {
    return lines.stream().mapToDouble(ContoursTest::area).sum();
  }

  /** What a closed line encloses: positive counterclockwise, with rows upwards. */
  private static double area(Polyline line) {
    double twice = 0;
    for (int p = 0; p < line.size(); p++) {
      int q = (p + 1) % line.size();
      twice += line.column(p) * line.row(q) - line.column(q) * line.row(p);
    }
    return twice / 2;
  }

  private static void assertInside(List<Polyline> lines, int side) {
    for (Polyline line : lines) {
      for (int p = 0; p < line.size(); p++) {
        assertTrue(line.column(p) >= 0 && line.column(p) <= side - 1);
        assertTrue(line.row(p) >= 0 && line.row(p) <= side - 1);
      }
    }
  }
}
