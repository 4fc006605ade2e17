package dev.switchback.tools.plot;

import dev.switchback.core.nn.TruthTable;
import java.util.List;

/**
 * Draws a {@link DecisionMap} as SVG: bands of colour from blue (0) through white to orange (1), a
 * contour at output 0.5, the targets of the corners, axes and a legend. Outputs that are not a
 * number are grey. Pure; any thread.
 */
public final class MapPicture {
  /** Style of the contour at output 0.5. */
  static final String[] CONTOUR = {
    "fill=none", "stroke=" + Colour.BLACK, "stroke-width=2", "stroke-linejoin=round"
  };

  private static final Bands BANDS = new Bands(0, 1, 20);

  private MapPicture() {}

  /**
   * Returns the SVG document.
   *
   * @param corners truth table of the map's switches and LED, at the levels of the other switches
   * @throws IllegalArgumentException unless the table has one or two switches
   */
  public static String svg(DecisionMap map, TruthTable corners, String title, String subtitle) {
    Grid grid = Grid.of(map);
    Svg svg =
        Sheet.begin(
            MapSheet.WIDTH, MapSheet.HEIGHT, title, subtitle, description(map, corners, grid));
    BANDS.paint(svg, MapSheet.MAP, grid);
    MapSheet.contour(svg, grid, CONTOUR);
    MapSheet.axes(svg, corners.inputs() == 2);
    MapSheet.corners(svg, corners);
    legend(svg, BANDS, grid.min(), grid.max(), grid.hasUnknown());
    return svg.document();
  }

  /**
   * Draws the legend of outputs.
   *
   * @param min the smallest output shown
   * @param max the largest
   */
  static void legend(Svg svg, Bands bands, double min, double max, boolean hasUnknown) {
    bands.legend(svg, MapSheet.BAR, "output of the network", ticks(min, max));
    int line = 0;
    for (int target = 0; target < 2; target++) {
      double y = MapSheet.legend(svg, line++, "should answer " + target);
      MapSheet.mark(svg, MapSheet.LEGEND + 13, y, target);
    }
    boolean hasContour = min < 0.5 && max >= 0.5;
    MapSheet.legendLine(svg, line++, hasContour ? "output is 0.5" : "0.5 is not crossed", CONTOUR);
    if (hasUnknown) {
      MapSheet.legendUnknown(svg, line);
    }
  }

  private static List<Tick> ticks(double min, double max) {
    return List.of(
        new Tick(0, min < 0 ? "0 and less: LED off" : "0: LED off"),
        new Tick(0.25, "0.25"),
        new Tick(0.5, "0.5"),
        new Tick(0.75, "0.75"),
        new Tick(1, max > 1 ? "1 and more: LED on" : "1: LED on"));
  }

  private static String description(DecisionMap map, TruthTable corners, Grid grid) {
    StringBuilder text =
        new StringBuilder("Decision map: the output over switch A, to the right, and switch B, ");
    text.append("upwards, from blue (0) over white to orange (1).");
    for (int corner = 0; corner < 4; corner++) {
      double output = map.outputAt(corner >> 1, corner & 1);
      text.append(" At A=").append(corner >> 1).append(" B=").append(corner & 1);
      text.append(" the output is ").append(Numeral.decimals(output, 4));
      text.append(", the answer should be ")
          .append(DecisionMap.target(corners, corner))
          .append('.');
    }
    return text.append(grid.hasUnknown() ? " Grey: not a number." : "").toString();
  }
}
