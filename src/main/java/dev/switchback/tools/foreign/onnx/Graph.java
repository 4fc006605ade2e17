package dev.switchback.tools.foreign.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The graph of a model.
 *
 * @param nodes in an order in which they can be computed
 * @param initialisers by name
 * @param inputs without those that have initialisers
 * @param outputs names of values
 */
record Graph(
    List<GraphNode> nodes,
    Map<String, GraphConstant> initialisers,
    List<Input> inputs,
    List<String> outputs) {

  /**
   * An input of the graph.
   *
   * @param dimensions its shape, 0 for a dimension that is not stated; empty if there is none
   */
  record Input(String name, List<Long> dimensions) {}

  /** Reads a {@code GraphProto}. */
  static Graph read(WireReader in) throws IOException {
    List<GraphNode> nodes = new ArrayList<>();
    Map<String, GraphConstant> initialisers = new HashMap<>();
    List<Input> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> nodes.add(GraphNode.read(in));
        case 5 -> {
          GraphConstant constant = GraphConstant.read(in);
          initialisers.put(constant.name(), constant);
        }
        case 11 -> inputs.add(input(in));
        case 12 -> outputs.add(input(in).name());
        default -> in.skip();
      }
    }
    in.leave(outer);
    inputs.removeIf(input -> initialisers.containsKey(input.name()));
    return new Graph(nodes, initialisers, inputs, outputs);
  }

  /** Reads a {@code ValueInfoProto}: a name, and a type with a tensor with a shape. */
  private static Input input(WireReader in) throws IOException {
    String name = "";
    List<Long> dimensions = new ArrayList<>();
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text();
        case 2 ->
            each(1, in, () -> each(2, in, () -> each(1, in, () -> dimension(in, dimensions))));
        default -> in.skip();
      }
    }
    in.leave(outer);
    return new Input(name, dimensions);
  }

  private static void dimension(WireReader in, List<Long> dimensions) throws IOException {
    dimensions.add(0L);
    each(1, in, () -> dimensions.set(dimensions.size() - 1, Math.max(0L, in.integer())));
  }

  /** Reads one field of a message. */
  private interface Field {
    void read() throws IOException;
  }

  /** Reads a message, of which only the field with a number matters. */
  private static void each(int number, WireReader in, Field field) throws IOException {
    int outer = in.enter();
    while (in.next()) {
      if (in.field() == number) {
        field.read();
      } else {
        in.skip();
      }
    }
    in.leave(outer);
  }
}
