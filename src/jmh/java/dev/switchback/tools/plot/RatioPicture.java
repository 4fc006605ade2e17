package dev.switchback.tools.plot;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Draws our times relative to the rivals': a bar from each ratio to 1 on a logarithmic scale, blue
 * if the rival is slower, orange if it is faster. Pure; any thread.
 */
public final class RatioPicture {
  private static final double WIDTH = 820;
  private static final double LINE = 17;
  private static final double GROUP_GAP = 12;
  private static final double SCALE_LEFT = 330;
  private static final double SCALE_RIGHT = 740;
  private static final double VALUE_GAP = 6;
  private static final double BELOW = 70;

  private final List<Bar> bars;
  private final Scale scale;
  private final double bottom;

  /**
   * One bar.
   *
   * @param ratio above 0
   */
  public record Bar(String work, String against, double ratio) {}

  private RatioPicture(List<Bar> bars) {
    this.bars = bars;
    Set<Integer> decades = new TreeSet<>(Set.of(-1, 0));
    for (Bar bar : bars) {
      decades.add(Tick.exponent(bar.ratio));
      decades.add(Tick.exponent(bar.ratio) + 1);
    }
    List<Integer> sorted = List.copyOf(decades);
    this.scale = new Scale(sorted.getFirst(), sorted.getLast(), SCALE_LEFT, SCALE_RIGHT);
    long groups = bars.stream().map(Bar::work).distinct().count();
    this.bottom = Sheet.TOP + bars.size() * LINE + groups * GROUP_GAP;
  }

  /** Returns one SVG document; bars of the same work must be adjacent. */
  public static String svg(List<Bar> bars, String title, String subtitle) {
    return new RatioPicture(bars).draw(title, subtitle);
  }

  private double at(double ratio) {
    return scale.at(Math.log10(ratio));
  }

  private String draw(String title, String subtitle) {
    String description =
        "Bars on a logarithmic scale: our time divided by the rival's, for each work and rival.";
    Svg svg = Sheet.begin(WIDTH, bottom + BELOW, title, subtitle, description);
    grid(svg);
    double y = Sheet.TOP;
    String work = "";
    for (Bar bar : bars) {
      if (!bar.work.equals(work)) {
        work = bar.work;
        y += GROUP_GAP;
        svg.text(Sheet.MARGIN, y + 12, work, "font-weight=bold");
      }
      bar(svg, bar, y);
      y += LINE;
    }
    legend(svg);
    return svg.document();
  }

  private void grid(Svg svg) {
    for (Tick tick : Tick.decades((int) scale.from(), (int) scale.to(), 9)) {
      double x = scale.at(tick.value());
      Colour colour = tick.value() == 0 ? Colour.BLACK : Colour.GRID;
      svg.line(x, Sheet.TOP, x, bottom + 4, "stroke=" + colour);
      svg.text(x, bottom + 20, tick.label(), "text-anchor=middle");
    }
  }

  private void bar(Svg svg, Bar bar, double top) {
    double x = at(bar.ratio);
    double one = at(1);
    Colour colour = bar.ratio <= 1 ? Colour.BLUE : Colour.ORANGE;
    svg.text(SCALE_LEFT - 8, top + 12, bar.against, "text-anchor=end");
    svg.rect(Math.min(x, one), top + 2, Math.abs(x - one), LINE - 5, "fill=" + colour);
    svg.text(Math.max(x, one) + VALUE_GAP, top + 12, Numeral.threeDigits(bar.ratio));
  }

  private void legend(Svg svg) {
    double y = bottom + 48;
    svg.rect(SCALE_LEFT, y - 10, 14, 12, "fill=" + Colour.BLUE);
    svg.text(SCALE_LEFT + 20, y, "we are faster");
    svg.rect(SCALE_LEFT + 130, y - 10, 14, 12, "fill=" + Colour.ORANGE);
    svg.text(SCALE_LEFT + 150, y, "the rival is");
  }
}
