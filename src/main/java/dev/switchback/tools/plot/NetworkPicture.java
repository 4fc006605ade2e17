package dev.switchback.tools.plot;

import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Draws a network as SVG. Neurons are in columns by layer and contain their biases. Weights are
 * lines with their values: wider for larger weights, orange if positive, blue and dashed if
 * negative. If the lines would hide each other, the weights are a table in the same colours. A wide
 * layer shows its first neurons and the number of the others. Pure; any thread.
 */
public final class NetworkPicture {
  private static final double LEGEND_HEIGHT = 84;
  private static final double THINNEST = 0.7;
  private static final double WIDEST = 7;

  /** Darker than the lines, whose orange is too light for small text. */
  private static final Colour POSITIVE_TEXT = new Colour(0x8a, 0x4a, 0x00);

  private static final Colour ZERO = new Colour(0xb8, 0xb8, 0xb8);

  private final Parameters parameters;
  private final Topology topology;
  private final NetworkLayout layout;
  private final List<Line> lines;

  /** Largest size of the finite weights drawn. */
  private final double largest;

  private NetworkPicture(Parameters parameters) {
    this.parameters = parameters;
    this.topology = parameters.topology();
    this.layout = new NetworkLayout(topology);
    this.lines = lines();
    this.largest =
        lines.stream()
            .mapToDouble(line -> Math.abs(line.weight))
            .filter(size -> size <= Float.MAX_VALUE)
            .max()
            .orElse(0);
  }

  /** Returns the SVG document. */
  public static String svg(Parameters parameters, String title, String subtitle) {
    return new NetworkPicture(parameters).draw(title, subtitle);
  }

  /** A drawn weight between two neurons, counted from 0. */
  private record Line(
      int layer, int from, int to, double x1, double y1, double x2, double y2, float weight) {}

  private List<Line> lines() {
    List<Line> all = new ArrayList<>();
    for (int layer = 0; layer < topology.layers(); layer++) {
      double x1 = layout.x(layer);
      double x2 = layout.x(layer + 1);
      for (int row = 0; row < layout.shown(layer); row++) {
        for (int column = 0; column < layout.shown(layer + 1); column++) {
          double y1 = layout.y(layer, row);
          double y2 = layout.y(layer + 1, column);
          all.add(new Line(layer, row, column, x1, y1, x2, y2, parameters.get(layer, row, column)));
        }
      }
    }
    return all;
  }

  private String draw(String title, String subtitle) {
    double height = layout.bottom() + LEGEND_HEIGHT;
    Svg svg = Sheet.begin(layout.width(), height, title, subtitle, description());
    for (Line line : lines) {
      if (layout.isTable(line.layer)) {
        cell(svg, line);
      } else {
        svg.line(line.x1, line.y1, line.x2, line.y2, stroke(line.weight));
      }
    }
    labels(svg);
    for (int layer = 0; layer < topology.layers(); layer++) {
      if (layout.isTable(layer)) {
        tableNames(svg, layer);
      }
    }
    for (int boundary = 0; boundary <= topology.layers(); boundary++) {
      heading(svg, boundary);
      neurons(svg, boundary);
    }
    legend(svg);
    return svg.document();
  }

  private String[] stroke(float weight) {
    double share = Float.isInfinite(weight) ? 1 : largest == 0 ? 0 : Math.abs(weight) / largest;
    boolean isSigned = weight > 0 || weight < 0;
    Colour colour = weight > 0 ? Colour.ORANGE : weight < 0 ? Colour.BLUE : ZERO;
    return new String[] {
      "stroke=" + colour,
      "stroke-width=" + Svg.number(isSigned ? THINNEST + (WIDEST - THINNEST) * share : THINNEST),
      "stroke-dasharray=" + (weight < 0 ? "9 4" : "")
    };
  }

  private void cell(Svg svg, Line line) {
    double x = layout.cellX(line.layer, line.from);
    double y = layout.cellY(line.layer, line.to);
    float share = largest == 0 ? Math.signum(line.weight) : (float) (line.weight / largest);
    Colour colour = Colour.ofOutput(0.5f + Math.clamp(share, -1f, 1f) / 2);
    svg.rect(
        x,
        y,
        NetworkLayout.CELL_WIDTH,
        NetworkLayout.CELL_HEIGHT,
        "fill=" + colour,
        "stroke=" + Colour.GRID);
    svg.text(
        x + NetworkLayout.CELL_WIDTH / 2,
        y + NetworkLayout.CELL_HEIGHT / 2 + 4,
        Numeral.brief(line.weight),
        "font-size=" + Lettering.SMALL,
        "text-anchor=middle",
        "fill=" + colour.readableOn());
  }

  /** Writes names above the columns of a table and beside the neurons that they belong to. */
  private void tableNames(Svg svg, int layer) {
    for (int place = 0; place < layout.shown(layer); place++) {
      String name = layer == 0 ? inside(0, place) : String.valueOf(place + 1);
      svg.text(
          layout.cellX(layer, place) + NetworkLayout.CELL_WIDTH / 2,
          layout.cellY(layer, 0) - 6,
          name,
          "font-size=" + Lettering.SMALL,
          "text-anchor=middle",
          "fill=" + Colour.SOFT);
      if (layer > 0) {
        svg.text(
            layout.x(layer) + NetworkLayout.RADIUS + 4,
            layout.y(layer, place) + 4,
            name,
            "font-size=" + Lettering.SMALL,
            "fill=" + Colour.SOFT);
      }
    }
    double right = layout.cellX(layer, layout.shown(layer));
    for (int place = 0; place < layout.shown(layer + 1); place++) {
      double y = layout.y(layer + 1, place);
      svg.line(right, y, layout.x(layer + 1), y, "stroke=" + Colour.GRID);
    }
  }

  private void labels(Svg svg) {
    double[] shares = IntStream.range(0, topology.layers()).mapToDouble(layout::labels).toArray();
    for (Line line : lines) {
      double share = shares[line.layer];
      if (share != NetworkLayout.NOWHERE) {
        double x = line.x1 + share * (line.x2 - line.x1);
        double y = line.y1 + share * (line.y2 - line.y1);
        label(svg, x, y, line.weight);
      }
    }
  }

  private static void label(Svg svg, double x, double y, float weight) {
    String text = Numeral.brief(weight);
    double width = Lettering.width(text, Lettering.SMALL) + 2;
    svg.rect(x - width / 2, y - 6, width, 12, "fill=#ffffff");
    Colour colour = weight > 0 ? POSITIVE_TEXT : weight < 0 ? Colour.BLUE : Colour.BLACK;
    svg.text(
        x, y + 4, text, "font-size=" + Lettering.SMALL, "text-anchor=middle", "fill=" + colour);
  }

  private void heading(Svg svg, int boundary) {
    double x = layout.x(boundary);
    int width = topology.width(boundary);
    String what =
        boundary == 0
            ? (width == 1 ? "1 switch" : width + " switches")
            : (width == 1 ? "1 neuron" : Numeral.count(width) + " neurons");
    svg.text(x, Sheet.TOP + 16, what, "text-anchor=middle");
    if (boundary > 0) {
      String activation = topology.activation(boundary - 1).label();
      svg.text(x, Sheet.TOP + 32, activation, "text-anchor=middle", "fill=" + Colour.SOFT);
    }
  }

  private void neurons(Svg svg, int boundary) {
    double x = layout.x(boundary);
    int shown = layout.shown(boundary);
    for (int place = 0; place < shown; place++) {
      double y = layout.y(boundary, place);
      svg.circle(
          x, y, NetworkLayout.RADIUS, "fill=#ffffff", "stroke=" + Colour.BLACK, "stroke-width=1.5");
      svg.text(
          x, y + 4, inside(boundary, place), "font-size=" + Lettering.SMALL, "text-anchor=middle");
      if (boundary == topology.layers()) {
        svg.text(x + NetworkLayout.RADIUS + 6, y + 4, outputName(place));
      }
    }
    if (shown < topology.width(boundary)) {
      String more = "… " + Numeral.count(topology.width(boundary) - shown) + " more";
      svg.text(x, layout.y(boundary, shown) + 4, more, "text-anchor=middle");
    }
  }

  private String inside(int boundary, int place) {
    return boundary == 0
        ? Character.toString('A' + place)
        : Numeral.brief(parameters.get(boundary - 1, topology.fanIn(boundary - 1), place));
  }

  private String outputName(int place) {
    if (topology.isArgmax()) {
      return "class " + place;
    }
    return topology.outputs() == 1 ? "LED" : "LED " + (place + 1);
  }

  private void legend(Svg svg) {
    double y = layout.bottom() + 26;
    double x = Sheet.MARGIN;
    svg.text(x, y, largest == 0 ? "No finite weight differs from 0." : "weights:");
    x += 66;
    for (double share : largest == 0 ? new double[0] : new double[] {1, 0.5}) {
      float size = (float) (share * largest);
      for (float weight : new float[] {size, -size}) {
        svg.line(x, y - 4, x + 40, y - 4, stroke(weight));
        svg.text(x + 46, y, Numeral.brief(weight));
        x += 100;
      }
    }
    String note = "The number in a neuron is its bias.";
    boolean hasTable = IntStream.range(0, topology.layers()).anyMatch(layout::isTable);
    String table = hasTable ? " A row of a table is what leads to the neuron behind it." : "";
    svg.text(Sheet.MARGIN, y + 26, note + table, "fill=" + Colour.SOFT);
  }

  private String description() {
    return """
    Network of topology %s with activations %s. Orange lines are positive weights, dashed blue \
    lines negative ones; the largest size is %s.\
    """
        .formatted(topology, topology.activationLabels(), Numeral.threeDigits(largest));
  }
}
