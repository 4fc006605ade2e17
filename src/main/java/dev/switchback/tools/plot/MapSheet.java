package dev.switchback.tools.plot;

import dev.switchback.core.nn.TruthTable;
import java.util.List;

/**
 * The parts that all pictures of decision maps share: the square of switch A (to the right) and
 * switch B (upwards), its axes, the marks of the truth table, and the place of the legend.
 */
final class MapSheet {
  static final double WIDTH = 680;
  static final double HEIGHT = 540;

  /** The map itself. */
  static final Area MAP = new Area(70, Sheet.TOP, 400, 400);

  /** Left edge of the legend. */
  static final double LEGEND = 500;

  /** The colour bar of the legend. */
  static final Area BAR = new Area(LEGEND, Sheet.TOP + 24, 20, 200);

  /** First baseline below the colour bar. */
  static final double BELOW_BAR = BAR.bottom() + 34;

  static final double LINE_HEIGHT = 28;
  static final double MARK_RADIUS = 11;

  private static final List<Tick> TICKS =
      List.of(
          new Tick(-0.5, "-0.5"),
          new Tick(0, "0"),
          new Tick(0.5, "0.5"),
          new Tick(1, "1"),
          new Tick(1.5, "1.5"));

  private MapSheet() {}

  /** Returns the x of a level of switch A. */
  static double x(double a) {
    return MAP.across(DecisionMap.MIN, DecisionMap.MAX).at(a);
  }

  /** Returns the y of a level of switch B. */
  static double y(double b) {
    return MAP.upwards(DecisionMap.MIN, DecisionMap.MAX).at(b);
  }

  /** Draws the edge of the map and its axes; without a switch B the left axis says so. */
  static void axes(Svg svg, boolean hasB) {
    Axes axes = new Axes(svg, MAP);
    axes.frame();
    axes.bottom("switch A", MAP.across(DecisionMap.MIN, DecisionMap.MAX), TICKS);
    axes.left(
        hasB ? "switch B" : "no switch B: every height is the same",
        MAP.upwards(DecisionMap.MIN, DecisionMap.MAX),
        hasB ? TICKS : List.of(),
        44);
  }

  /** Draws the contour of a grid of outputs at 0.5. */
  static void contour(Svg svg, Grid outputs, String... stroke) {
    String data = PathData.of(Contours.isolines(outputs, 0.5), MAP, outputs.side());
    if (!data.isEmpty()) {
      svg.path(data, stroke);
    }
  }

  /**
   * Draws the target of each corner.
   *
   * @throws IllegalArgumentException unless the table has one or two switches
   */
  static void corners(Svg svg, TruthTable corners) {
    if (corners.inputs() > 2) {
      throw new IllegalArgumentException(
          "the corners of a map are a truth table of 1 or 2 switches, not " + corners.inputs());
    }
    for (int corner = 0; corner < 4; corner++) {
      mark(svg, x(corner >> 1), y(corner & 1), DecisionMap.target(corners, corner));
    }
  }

  /** Draws a dot with the colour and digit of its class; its rings show on any background. */
  static void mark(Svg svg, double x, double y, int target) {
    Colour colour = target == 1 ? Colour.ORANGE : Colour.BLUE;
    svg.circle(x, y, MARK_RADIUS + 2, "fill=" + Colour.BLACK);
    svg.circle(x, y, MARK_RADIUS, "fill=" + colour, "stroke=#ffffff", "stroke-width=2");
    svg.text(x, y + 4.5, "" + target, "text-anchor=middle", "fill=" + colour.readableOn());
  }

  /** Writes a line of the legend and returns the y at which the caller draws the sample. */
  static double legend(Svg svg, int line, String text) {
    double baseline = BELOW_BAR + line * LINE_HEIGHT;
    svg.text(LEGEND + 34, baseline, text);
    return baseline - 4;
  }

  /** Draws the legend of grey. */
  static void legendUnknown(Svg svg, int line) {
    double y = legend(svg, line, "not a number");
    svg.rect(LEGEND, y - 7, 26, 14, "fill=" + Colour.UNKNOWN);
  }

  /** Draws the legend of a line style. */
  static void legendLine(Svg svg, int line, String text, String... stroke) {
    double y = legend(svg, line, text);
    svg.line(LEGEND, y, LEGEND + 26, y, stroke);
  }
}
