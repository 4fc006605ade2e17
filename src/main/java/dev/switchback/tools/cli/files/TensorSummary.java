package dev.switchback.tools.cli.files;

import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.tools.cli.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/** One tensor of a network: its name and shape, and what its values are like. */
record TensorSummary(String name, List<Integer> shape, float smallest, float largest, float mean) {

  /** In the documented order: {@code W1 b1 W2 b2 ...} */
  static List<TensorSummary> allOf(Parameters parameters) {
    Topology topology = parameters.topology();
    List<TensorSummary> tensors = new ArrayList<>();
    for (int l = 0; l < topology.layers(); l++) {
      int in = topology.fanIn(l);
      int out = topology.fanOut(l);
      tensors.add(of("W" + (l + 1), List.of(in, out), parameters, l, 0, in));
      tensors.add(of("b" + (l + 1), List.of(out), parameters, l, in, in + 1));
    }
    return tensors;
  }

  private static TensorSummary of(
      String name, List<Integer> shape, Parameters parameters, int layer, int from, int to) {
    DoubleSummaryStatistics values = new DoubleSummaryStatistics();
    for (int row = from; row < to; row++) {
      for (int column = 0; column < parameters.topology().fanOut(layer); column++) {
        values.accept(parameters.get(layer, row, column));
      }
    }
    return new TensorSummary(
        name, shape, (float) values.getMin(), (float) values.getMax(), (float) values.getAverage());
  }

  JsonObject json() {
    return new JsonObject()
        .put("name", name)
        .put("shape", shape)
        .put("smallest", smallest)
        .put("largest", largest)
        .put("mean", mean);
  }

  /** All tensors of a network, one per line. */
  static void print(PrintWriter out, Parameters parameters) {
    out.println("tensor  shape            smallest      largest         mean");
    for (TensorSummary tensor : allOf(parameters)) {
      out.printf(
          Locale.ROOT,
          "%-6s  %-12s %12.6g %12.6g %12.6g%n",
          tensor.name,
          tensor.shape,
          tensor.smallest,
          tensor.largest,
          tensor.mean);
    }
  }
}
