package dev.switchback.tools.plot;

import java.util.List;

/** Draws the axes of an area: ticks, labels and names, outside its bottom and left edges. */
record Axes(Svg svg, Area area) {
  private static final double TICK_LENGTH = 5;

  /** Draws the bottom axis; its name is centred below it. */
  void bottom(String name, Scale scale, List<Tick> ticks) {
    for (Tick tick : ticks) {
      double x = scale.at(tick.value());
      tick(x, area.bottom(), x, area.bottom() + TICK_LENGTH);
      label(x, area.bottom() + 19, tick, "middle");
    }
    double middle = area.left() + area.width() / 2;
    svg.text(middle, area.bottom() + 39, name, "text-anchor=middle");
  }

  /**
   * Draws the left axis; its name is centred along it.
   *
   * @param nameGap pixels from the axis to the baseline of its name; must clear the labels
   */
  void left(String name, Scale scale, List<Tick> ticks, double nameGap) {
    for (Tick tick : ticks) {
      double y = scale.at(tick.value());
      tick(area.left() - TICK_LENGTH, y, area.left(), y);
      label(area.left() - 8, y + 4, tick, "end");
    }
    double x = area.left() - nameGap;
    double y = area.top() + area.height() / 2;
    String turned = "rotate(-90 " + Svg.number(x) + " " + Svg.number(y) + ")";
    svg.text(x, y, name, "text-anchor=middle", "transform=" + turned);
  }

  private void tick(double x1, double y1, double x2, double y2) {
    svg.line(x1, y1, x2, y2, "stroke=" + Colour.BLACK);
  }

  private void label(double x, double y, Tick tick, String anchor) {
    if (!tick.label().isEmpty()) {
      svg.text(x, y, tick.label(), "text-anchor=" + anchor);
    }
  }

  /** Draws the edge of the area. */
  void frame() {
    svg.rect(area, "fill=none", "stroke=" + Colour.BLACK);
  }
}
