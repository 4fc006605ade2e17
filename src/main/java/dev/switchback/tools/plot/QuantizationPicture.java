package dev.switchback.tools.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws the error of fixed point: the map of one engine minus that of the other, in a range that
 * fits the largest difference, with the contours of both at output 0.5. Differences that are not a
 * number are grey. Pure; any thread.
 */
public final class QuantizationPicture {
  /** Odd, so that the band around zero is white; the range ends inside the outermost bands. */
  private static final int BANDS = 11;

  private static final String[] FLOAT_LINE = {
    "fill=none", "stroke=#8c8c8c", "stroke-width=5", "stroke-linejoin=round"
  };
  private static final String[] FIXED_LINE = {
    "fill=none", "stroke=" + Colour.BLACK, "stroke-width=1.5", "stroke-dasharray=6 4"
  };

  private final Grid difference;

  /** Index of the largest difference; -1 if none is a number. */
  private final int farthest;

  /** Size of the largest difference; 0 if none is a number. */
  private final double size;

  private final boolean isZero;

  private QuantizationPicture(Grid difference) {
    this.difference = difference;
    this.farthest = difference.farthestFromZero();
    this.size = farthest < 0 ? 0 : Math.abs(difference.value(column(), row()));
    this.isZero = farthest >= 0 && size == 0 && !difference.hasUnknown();
  }

  private int column() {
    return farthest % difference.side();
  }

  private int row() {
    return farthest / difference.side();
  }

  /** Returns the SVG document for two maps of the same side. */
  public static String svg(
      DecisionMap inFloat, DecisionMap inFixed, String title, String subtitle) {
    Grid floats = Grid.of(inFloat);
    Grid fixed = Grid.of(inFixed);
    return new QuantizationPicture(floats.minus(fixed)).draw(floats, fixed, title, subtitle);
  }

  private String draw(Grid floats, Grid fixed, String title, String subtitle) {
    String largest = largest();
    Svg svg =
        Sheet.begin(
            MapSheet.WIDTH,
            MapSheet.HEIGHT + 20,
            title,
            subtitle,
            "Map of the output of the float engine minus that of the fixed engine over switch A, to"
                + " the right, and switch B, upwards. "
                + largest);
    // 1, 2 or 5 times a power of ten; 1 if there is no difference.
    double range = size == 0 ? 1 : Tick.roundUp(size);
    Bands bands = new Bands(-1.1 * range, 1.1 * range, BANDS);
    if (isZero) {
      svg.rect(MapSheet.MAP, "fill=" + Colour.WHITE);
    } else {
      bands.paint(svg, MapSheet.MAP, difference);
    }
    MapSheet.contour(svg, floats, FLOAT_LINE);
    MapSheet.contour(svg, fixed, FIXED_LINE);
    MapSheet.axes(svg, true);
    corners(svg);
    if (farthest >= 0 && !isZero) {
      cross(svg, MapSheet.x(level(column())), MapSheet.y(level(row())));
    }
    legend(svg, bands, range);
    svg.text(MapSheet.MAP.left(), MapSheet.HEIGHT, largest, "font-size=" + Lettering.SUBTITLE);
    return svg.document();
  }

  /** Returns the level of a switch in a column or row of the grid. */
  private double level(int index) {
    return DecisionMap.MIN
        + (DecisionMap.MAX - (double) DecisionMap.MIN) * index / (difference.side() - 1);
  }

  private String largest() {
    if (farthest < 0) {
      return "No difference is a number.";
    }
    if (isZero) {
      return "No difference: both engines give the same output at every point of the grid.";
    }
    return "Largest |float − fixed| = "
        + Numeral.threeDigits(size)
        + ", at A = "
        + Numeral.decimals(level(column()), 2)
        + ", B = "
        + Numeral.decimals(level(row()), 2);
  }

  private static void cross(Svg svg, double x, double y) {
    double left = Math.max(x - 5, MapSheet.MAP.left());
    svg.begin("g", "stroke=" + Colour.BLACK, "stroke-width=2")
        .line(left, y - 5, x + 5, y + 5)
        .line(left, y + 5, x + 5, y - 5)
        .end();
  }

  private static void corners(Svg svg) {
    for (int corner = 0; corner < 4; corner++) {
      double x = MapSheet.x(corner >> 1);
      double y = MapSheet.y(corner & 1);
      String name = (corner >> 1) + "" + (corner & 1);
      svg.circle(x, y, 4, "fill=#ffffff", "stroke=" + Colour.BLACK, "stroke-width=1.5");
      svg.rect(x + 8, y - 8, 22, 16, "fill=#ffffff", "fill-opacity=0.8");
      svg.text(x + 19, y + 4, name, "text-anchor=middle");
    }
  }

  private void legend(Svg svg, Bands bands, double range) {
    bands.legend(
        svg,
        MapSheet.BAR,
        "float − fixed" + unit(range),
        isZero ? List.of(new Tick(0, "0")) : ticks(range));
    int line = 0;
    MapSheet.legendLine(svg, line++, "float is 0.5", FLOAT_LINE);
    MapSheet.legendLine(svg, line++, "fixed is 0.5", FIXED_LINE);
    if (!isZero) {
      cross(svg, MapSheet.LEGEND + 13, MapSheet.legend(svg, line++, "largest difference"));
    }
    if (difference.hasUnknown()) {
      MapSheet.legendUnknown(svg, line);
    }
  }

  private static String unit(double range) {
    int exponent = Tick.exponent(range);
    return exponent == 0 ? "" : ", × " + Numeral.powerOfTen(exponent);
  }

  private static List<Tick> ticks(double range) {
    long steps = Math.round(range / Tick.times(1, Tick.exponent(range)));
    List<Tick> ticks = new ArrayList<>();
    for (int quarter = -2; quarter <= 2; quarter++) {
      String label = Svg.decimal(5 * steps * quarter, 1);
      ticks.add(new Tick(range * quarter / 2, (quarter > 0 ? "+" : "") + label));
    }
    return ticks;
  }
}
