package dev.switchback.tools.foreign.onnx;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of a graph that do not depend on its input: initialisers, and what {@code Constant},
 * {@code Identity}, {@code Cast} and {@code Transpose} make of them.
 */
final class Constants {
  private static final List<Long> TURN = List.of(1L, 0L);

  private final Map<String, GraphConstant> byName;

  Constants(Graph graph) {
    byName = new HashMap<>(graph.initialisers());
    for (GraphNode node : graph.nodes()) {
      GraphConstant value = value(node);
      if (value != null) {
        byName.put(node.output(), value);
      }
    }
  }

  /** Returns the value with a name; null if it depends on the input, or is unknown. */
  @Nullable GraphConstant get(String name) {
    return byName.get(name);
  }

  /** Whether a node computes one of these values. */
  boolean isBy(GraphNode node) {
    return byName.containsKey(node.output());
  }

  private @Nullable GraphConstant value(GraphNode node) {
    if (node.operator().equals("Constant")) {
      GraphConstant constant = constant(node);
      return constant == null ? null : constant.named(node.output());
    }
    GraphConstant input = byName.get(node.input(0));
    if (input == null) {
      return null;
    }
    return switch (node.operator()) {
      case "Identity" -> input;
      case "Cast" -> isWide(node.integer("to", 0)) ? input : null;
      case "Transpose" -> isTurn(node, input) ? input.transposed() : null;
      default -> null;
    };
  }

  /** Whether a cast leaves a number as it is, but for the rounding that every number meets. */
  private static boolean isWide(long type) {
    return type == NumberType.FLOAT.code() || type == NumberType.DOUBLE.code();
  }

  private static boolean isTurn(GraphNode node, GraphConstant input) {
    GraphConstant order = node.constant("perm");
    return input.dimensions().size() == 2
        && (order == null || (order.count() == 2 && order.integers().equals(TURN)));
  }

  private static @Nullable GraphConstant constant(GraphNode node) {
    for (NodeAttribute attribute : node.attributes().values()) {
      switch (attribute.name()) {
        case "value", "value_floats", "value_ints" -> {
          return attribute.constant();
        }
        case "value_float" -> {
          return scalar(NumberType.FLOAT, Float.floatToIntBits(attribute.real()));
        }
        case "value_int" -> {
          return scalar(NumberType.INT64, attribute.integer());
        }
        default -> {
          // Other values, such as texts, are no numbers.
        }
      }
    }
    return null;
  }

  private static GraphConstant scalar(NumberType type, long bits) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WireReader.append(bits, type.bytes(), bytes);
    return GraphConstant.of(type, List.of(), bytes.toByteArray());
  }
}
