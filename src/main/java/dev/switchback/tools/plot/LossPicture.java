package dev.switchback.tools.plot;

import dev.switchback.core.LossCurve.Point;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Draws loss curves as SVG, with a linear axis of epochs and a logarithmic axis of whole decades. A
 * loss of zero lies on the bottom edge; a NaN, infinite or negative loss is a gap. A triangle on
 * the bottom edge marks a restart of a training. Curves differ in colour and dashes. Pure; any
 * thread.
 */
public final class LossPicture {
  private static final double WIDTH = 790;
  private static final Area PLOT = new Area(86, Sheet.TOP, 654, 320);
  private static final double LEGEND_TOP = PLOT.bottom() + 66;
  private static final double LEGEND_LINE = 20;
  private static final double NOTE_LINE = 18;
  private static final double NAME_WIDTH = 250;
  private static final int MOST_TICKS = 8;

  /** Most decades with minor grid lines. */
  private static final int FEW_DECADES = 4;

  private static final double LOSS_DOT = 3;
  private static final double MARK_WIDTH = 8;

  /** Colours distinct with any colour vision, each dark enough on white. */
  private static final String[] COLOURS = {
    "#2166ac", "#d55e00", "#1c1c1c", "#009e73", "#b0559a", "#8c6d00"
  };

  private static final String[] DASHES = {"", "8 3", "2 3", "10 3 2 3", "5 2", "14 3"};

  /**
   * A curve and its name in the legend.
   *
   * @param points in ascending order of epoch; NaN, infinite and negative losses are gaps
   */
  public record Curve(String name, List<Point> points) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  private final List<Curve> curves;
  private final Scale epochs;
  private final Scale decades;

  private LossPicture(List<Curve> curves) {
    this.curves = List.copyOf(curves);
    this.epochs = epochScale(this.curves);
    this.decades = decadeScale(this.curves);
  }

  /** Returns the SVG document; without a curve or a point, it has empty axes. */
  public static String svg(List<Curve> curves, String title, String subtitle) {
    return new LossPicture(curves).draw(title, subtitle);
  }

  private static Scale epochScale(List<Curve> curves) {
    IntSummaryStatistics all = points(curves).mapToInt(Point::epoch).summaryStatistics();
    int first = all.getMin();
    int last = all.getMax();
    double from = first <= last / 2 || first >= last ? 0 : first;
    return PLOT.across(from, Math.max(last, from + 1));
  }

  /** Returns whole decades around all positive losses, plus one below if a loss is zero. */
  private static Scale decadeScale(List<Curve> curves) {
    DoubleSummaryStatistics all =
        points(curves)
            .mapToDouble(Point::loss)
            .filter(loss -> loss > 0 && PixelColumns.isShown(loss))
            .summaryStatistics();
    if (all.getCount() == 0) {
      return PLOT.upwards(-3, 0);
    }
    double top = Math.ceil(StrictMath.log10(all.getMax()));
    double bottom = Math.min(Math.floor(StrictMath.log10(all.getMin())), top - 1);
    return PLOT.upwards(hasZero(curves) ? bottom - 1 : bottom, top);
  }

  private static boolean hasZero(List<Curve> curves) {
    return points(curves).anyMatch(point -> point.loss() == 0);
  }

  private static Stream<Point> points(List<Curve> curves) {
    return curves.stream().flatMap(curve -> curve.points().stream());
  }

  private String draw(String title, String subtitle) {
    List<String> notes = notes();
    double end = LEGEND_TOP + curves.size() * LEGEND_LINE;
    double height = end + (notes.isEmpty() ? 4 : 10 + notes.size() * NOTE_LINE);
    Svg svg = Sheet.begin(WIDTH, height, title, subtitle, description());
    grid(svg);
    new Axes(svg, PLOT).frame();
    for (int k = 0; k < curves.size(); k++) {
      curve(svg, k);
      restarts(svg, k);
      legend(svg, k);
    }
    for (int k = 0; k < notes.size(); k++) {
      svg.text(PLOT.left(), end + 10 + k * NOTE_LINE, notes.get(k), "fill=" + Colour.SOFT);
    }
    return svg.document();
  }

  private void grid(Svg svg) {
    int bottom = (int) decades.from();
    int top = (int) decades.to();
    List<Tick> levels = Tick.decades(bottom, top, MOST_TICKS);
    List<Tick> times = Tick.wholeNumbers(epochs.from(), epochs.to(), MOST_TICKS);
    svg.begin("g", "stroke=" + Colour.GRID);
    levels.forEach(tick -> across(svg, decades.at(tick.value())));
    times.forEach(tick -> upwards(svg, epochs.at(tick.value())));
    svg.end();
    if (top - bottom <= FEW_DECADES) {
      svg.begin("g", "stroke=#ececec");
      for (int decade = bottom; decade < top; decade++) {
        for (int factor = 2; factor < 10; factor++) {
          across(svg, decades.at(decade + StrictMath.log10(factor)));
        }
      }
      svg.end();
    }
    Axes axes = new Axes(svg, PLOT);
    axes.bottom("epoch", epochs, times);
    axes.left("loss", decades, levels, 60);
  }

  private static void across(Svg svg, double y) {
    svg.line(PLOT.left(), y, PLOT.right(), y);
  }

  private static void upwards(Svg svg, double x) {
    svg.line(x, PLOT.top(), x, PLOT.bottom());
  }

  private static String[] style(int curve) {
    return new String[] {
      "fill=none",
      "stroke=" + COLOURS[curve % COLOURS.length],
      "stroke-width=1.8",
      "stroke-linejoin=round",
      "stroke-dasharray=" + DASHES[(curve + curve / COLOURS.length) % DASHES.length]
    };
  }

  private void curve(Svg svg, int index) {
    svg.begin("g", style(index));
    StringBuilder data = new StringBuilder();
    List<Point> dots = new ArrayList<>();
    for (List<Point> run : PixelColumns.runs(curves.get(index).points(), epochs)) {
      String path = PathData.through(pixels(run));
      data.append(path);
      if (path.isEmpty()) {
        dots.add(run.getFirst());
      }
    }
    if (!data.isEmpty()) {
      svg.path(data.toString());
    }
    for (Point dot : dots) {
      String colour = COLOURS[index % COLOURS.length];
      svg.circle(x(dot), y(dot), LOSS_DOT, "fill=" + colour, "stroke=none");
    }
    svg.end();
  }

  /** Draws the marks of restarts, but none that would touch the previous one. */
  private void restarts(Svg svg, int index) {
    List<Point> points = curves.get(index).points();
    double free = PLOT.left();
    StringBuilder marks = new StringBuilder();
    for (int k = 1; k < points.size(); k++) {
      double x = x(points.get(k));
      if (isRestart(points, k) && x - MARK_WIDTH / 2 >= free) {
        marks.append('M').append(Svg.number(x - MARK_WIDTH / 2)).append(' ');
        marks.append(Svg.number(PLOT.bottom())).append("l4-9 4 9z");
        free = x + MARK_WIDTH / 2;
      }
    }
    if (!marks.isEmpty()) {
      svg.path(marks.toString(), "fill=" + COLOURS[index % COLOURS.length]);
    }
  }

  private static boolean isRestart(List<Point> points, int index) {
    return points.get(index).restarts() > points.get(index - 1).restarts();
  }

  private boolean hasRestart() {
    return curves.stream()
        .map(Curve::points)
        .anyMatch(points -> IntStream.range(1, points.size()).anyMatch(k -> isRestart(points, k)));
  }

  private double[] pixels(List<Point> run) {
    return run.stream().flatMapToDouble(point -> DoubleStream.of(x(point), y(point))).toArray();
  }

  private double x(Point point) {
    return epochs.at(point.epoch());
  }

  private double y(Point point) {
    return point.loss() == 0 ? PLOT.bottom() : decades.at(StrictMath.log10(point.loss()));
  }

  private void legend(Svg svg, int index) {
    double y = LEGEND_TOP + index * LEGEND_LINE - 4;
    double sample = PLOT.left() + 44;
    svg.begin("g", style(index)).line(PLOT.left(), y, sample, y).end();
    String name = Lettering.shorten(curves.get(index).name(), Lettering.NORMAL, NAME_WIDTH);
    svg.text(sample + 10, y + 4, name);
    String summary = summary(curves.get(index));
    svg.text(sample + 20 + NAME_WIDTH, y + 4, summary, "fill=" + Colour.SOFT);
  }

  private static String summary(Curve curve) {
    if (curve.points().isEmpty()) {
      return "no epoch";
    }
    Point last = curve.points().getLast();
    return Numeral.threeDigits(last.loss()) + " after epoch " + Numeral.count(last.epoch());
  }

  /** Returns explanations that the curves shown need. */
  private List<String> notes() {
    boolean hasGap = points(curves).anyMatch(point -> !PixelColumns.isShown(point.loss()));
    String zero = hasZero(curves) ? "A loss of 0 lies on the bottom edge. " : "";
    String gap = hasGap ? "A gap is a loss that is not a number, infinite or negative." : "";
    String restart = hasRestart() ? "A triangle: the training started afresh." : "";
    return Stream.of((zero + gap).strip(), restart).filter(note -> !note.isEmpty()).toList();
  }

  private String description() {
    StringBuilder text = new StringBuilder("Loss over epochs, on a logarithmic scale.");
    for (Curve curve : curves) {
      text.append(' ').append(curve.name()).append(": ").append(summary(curve)).append('.');
    }
    return text.toString();
  }
}
