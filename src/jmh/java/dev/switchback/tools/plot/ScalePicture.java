package dev.switchback.tools.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Draws the cost of a network per weight over its number of weights, on logarithmic axes: time
 * above, memory below. Two layers are dots on a line, other depths are circles. Pure; any thread.
 */
public final class ScalePicture {
  private static final double WIDTH = 790;
  private static final Area TIME = new Area(86, Sheet.TOP + 20, 654, 300);
  private static final Area MEMORY = new Area(86, TIME.bottom() + 76, 654, 130);
  private static final double LEGEND_TOP = MEMORY.bottom() + 66;
  private static final double LEGEND_LINE = 20;
  private static final double DOT = 3;
  private static final int MOST_TICKS = 9;
  private static final String[] COLOURS = {"#2166ac", "#d55e00", "#1c1c1c", "#009e73"};
  private static final String[] DASHES = {"", "8 3", "2 3", "10 3 2 3"};

  private final Map<String, List<Point>> series;
  private final Scale weights;

  private ScalePicture(Map<String, List<Point>> series, Scale weights) {
    this.series = series;
    this.weights = weights;
  }

  /**
   * A network of one size.
   *
   * @param series its series, as named in the legend
   * @param isDeep whether it has another number of layers than most
   * @param nanos per weight
   * @param bytes per weight
   */
  public record Point(String series, boolean isDeep, int weights, double nanos, double bytes) {}

  /**
   * Returns one SVG document.
   *
   * @param points of at least one series
   * @param cacheBytes cache sizes by level
   */
  public static String svg(List<Point> points, SortedMap<Integer, Long> cacheBytes) {
    Map<String, List<Point>> series = new LinkedHashMap<>();
    for (Point point : points) {
      series.computeIfAbsent(point.series(), _ -> new ArrayList<>()).add(point);
    }
    Scale weights = decades(TIME.across(0, 1), points, Point::weights);
    return new ScalePicture(series, weights).draw(points, cacheBytes);
  }

  /** Returns a scale of whole decades around all values. */
  private static Scale decades(Scale pixels, List<Point> points, ToDoubleFunction<Point> value) {
    double least = points.stream().mapToDouble(value).min().orElseThrow();
    double most = points.stream().mapToDouble(value).max().orElseThrow();
    return new Scale(
        Math.floor(StrictMath.log10(least)),
        Math.ceil(StrictMath.log10(most)),
        pixels.start(),
        pixels.end());
  }

  private String draw(List<Point> points, SortedMap<Integer, Long> cacheBytes) {
    double height = LEGEND_TOP + (series.size() + 1) * LEGEND_LINE + 4;
    Svg svg =
        Sheet.begin(
            WIDTH,
            height,
            "What a weight costs",
            "networks of 2 to 4096 neurons a layer, and of 1 to 8 layers of 32 and 256",
            "Time and memory per weight over the number of weights, on logarithmic scales.");
    Scale nanos = decades(TIME.upwards(0, 1), points, Point::nanos);
    Scale bytes = decades(MEMORY.upwards(0, 1), points, Point::bytes);
    panel(svg, TIME, nanos, "ns per weight", Point::nanos);
    panel(svg, MEMORY, bytes, "bytes per weight", Point::bytes);
    caches(svg, cacheBytes);
    legend(svg);
    return svg.document();
  }

  private void panel(Svg svg, Area area, Scale scale, String name, ToDoubleFunction<Point> value) {
    List<Tick> across = Tick.decades((int) weights.from(), (int) weights.to(), MOST_TICKS);
    List<Tick> upwards = Tick.decades((int) scale.from(), (int) scale.to(), MOST_TICKS);
    svg.begin("g", "stroke=" + Colour.GRID);
    for (Tick tick : across) {
      double x = weights.at(tick.value());
      svg.line(x, area.top(), x, area.bottom());
    }
    for (Tick tick : upwards) {
      double y = scale.at(tick.value());
      svg.line(area.left(), y, area.right(), y);
    }
    svg.end();
    Axes axes = new Axes(svg, area);
    axes.bottom("weights and biases", weights, across);
    axes.left(name, scale, upwards, 60);
    axes.frame();
    int index = 0;
    for (List<Point> points : series.values()) {
      curve(svg, index++, points, scale, value);
    }
  }

  private void curve(
      Svg svg, int index, List<Point> points, Scale scale, ToDoubleFunction<Point> value) {
    String colour = COLOURS[index % COLOURS.length];
    double[] line =
        points.stream()
            .filter(point -> !point.isDeep())
            .flatMapToDouble(
                point -> DoubleStream.of(x(point), y(scale, value.applyAsDouble(point))))
            .toArray();
    svg.begin("g", style(index));
    svg.path(PathData.through(line));
    for (Point point : points) {
      double y = y(scale, value.applyAsDouble(point));
      String fill = point.isDeep() ? "#ffffff" : colour;
      svg.circle(x(point), y, DOT, "fill=" + fill, "stroke-dasharray=none");
    }
    svg.end();
  }

  private double x(Point point) {
    return weights.at(StrictMath.log10(point.weights()));
  }

  private static double y(Scale scale, double value) {
    return scale.at(StrictMath.log10(value));
  }

  private static String[] style(int index) {
    return new String[] {
      "fill=none",
      "stroke=" + COLOURS[index % COLOURS.length],
      "stroke-width=1.6",
      "stroke-dasharray=" + DASHES[index % DASHES.length]
    };
  }

  /** Marks where float weights fill a cache. */
  private void caches(Svg svg, SortedMap<Integer, Long> cacheBytes) {
    cacheBytes.forEach((level, bytes) -> {
      double x =
          weights.at(
              Math.clamp(
                  StrictMath.log10(bytes / (double) Float.BYTES), weights.from(), weights.to()));
      for (Area area : List.of(TIME, MEMORY)) {
        svg.line(x, area.top(), x, area.bottom(), "stroke=" + Colour.SOFT, "stroke-dasharray=4 3");
      }
      svg.text(x, TIME.top() - 6, "L" + level, "text-anchor=middle", "fill=" + Colour.SOFT);
    });
  }

  private void legend(Svg svg) {
    int index = 0;
    for (String name : series.keySet()) {
      double y = LEGEND_TOP + index * LEGEND_LINE - 4;
      double end = MEMORY.left() + 44;
      svg.begin("g", style(index)).line(MEMORY.left(), y, end, y).end();
      svg.text(end + 10, y + 4, name);
      index++;
    }
    svg.text(
        MEMORY.left(),
        LEGEND_TOP + index * LEGEND_LINE,
        "Dots have two layers, circles 1 to 8. L1, L2 and so on: float weights fill this cache.",
        "fill=" + Colour.SOFT);
  }
}
