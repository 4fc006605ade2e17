package dev.switchback.tools.cli.files;

import dev.switchback.core.nn.Parameters;
import dev.switchback.format.TensorPlace;
import dev.switchback.tools.cli.JsonObject;
import java.io.PrintWriter;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Name, shape and value statistics of a tensor. */
record TensorSummary(String name, List<Integer> shape, float smallest, float largest, float mean) {

  /** Returns the tensors in the order {@code W1 b1 W2 b2 ...} */
  static List<TensorSummary> allOf(Parameters parameters) {
    float[] values = parameters.toArray();
    return TensorPlace.of(parameters.topology()).stream()
        .map(tensor -> of(tensor, values))
        .toList();
  }

  private static TensorSummary of(TensorPlace tensor, float[] values) {
    DoubleSummaryStatistics own =
        IntStream.range(tensor.from(), tensor.to()).mapToDouble(k -> values[k]).summaryStatistics();
    return new TensorSummary(
        tensor.name(),
        tensor.shape(),
        (float) own.getMin(),
        (float) own.getMax(),
        (float) own.getAverage());
  }

  JsonObject json() {
    return new JsonObject()
        .put("name", name)
        .put("shape", shape)
        .put("smallest", smallest)
        .put("largest", largest)
        .put("mean", mean);
  }

  /** Prints all tensors of a network, one per line. */
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
