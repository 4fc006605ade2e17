package dev.switchback.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.nn.Parameters;
import dev.switchback.nn.Topology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One tensor of a network: its name and shape, and between which values it lies. */
record TensorSummary(String name, List<Integer> shape, float smallest, float largest) {

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
    float smallest = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (int row = from; row < to; row++) {
      for (int column = 0; column < parameters.topology().fanOut(layer); column++) {
        float value = parameters.get(layer, row, column);
        smallest = Math.min(smallest, value);
        largest = Math.max(largest, value);
      }
    }
    return new TensorSummary(name, shape, smallest, largest);
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeArrayFieldStart("shape");
    for (int dimension : shape) {
      json.writeNumber(dimension);
    }
    json.writeEndArray();
    json.writeNumberField("smallest", smallest);
    json.writeNumberField("largest", largest);
    json.writeEndObject();
  }

  /** {@code W1 [2, 2] from -6.4 to 6.2}. */
  @Override
  public String toString() {
    return name + " " + shape + " from " + smallest + " to " + largest;
  }
}
