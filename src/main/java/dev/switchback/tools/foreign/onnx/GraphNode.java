package dev.switchback.tools.foreign.onnx;

import dev.switchback.PrintableText;
import dev.switchback.format.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operator in a graph.
 *
 * @param operator its type, after its domain and a dot if it is not one of ONNX itself
 * @param inputs names of values; empty for an input that is left out
 */
record GraphNode(
    String name,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, NodeAttribute> attributes) {
  /** The domain of the operators of ONNX itself, which may also be empty. */
  static final String DOMAIN = "ai.onnx";

  private static final int MAX_NAME = 60;

  /** Reads a {@code NodeProto}. */
  static GraphNode read(WireReader in) throws IOException {
    String name = "";
    String type = "";
    String domain = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, NodeAttribute> attributes = new HashMap<>();
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> inputs.add(in.text());
        case 2 -> outputs.add(in.text());
        case 3 -> name = in.text();
        case 4 -> type = in.text();
        case 5 -> {
          NodeAttribute attribute = NodeAttribute.read(in);
          attributes.put(attribute.name(), attribute);
        }
        case 7 -> domain = in.text();
        default -> in.skip();
      }
    }
    in.leave(outer);
    boolean isOfOnnx = domain.isEmpty() || domain.equals(DOMAIN);
    return new GraphNode(name, isOfOnnx ? type : domain + "." + type, inputs, outputs, attributes);
  }

  /** Returns the name of an input; empty if it is left out. */
  String input(int index) {
    return index < inputs.size() ? inputs.get(index) : "";
  }

  /** Returns the name of the first output; empty if there is none. */
  String output() {
    return outputs.isEmpty() ? "" : outputs.getFirst();
  }

  long integer(String attribute, long otherwise) {
    NodeAttribute found = attributes.get(attribute);
    return found == null ? otherwise : found.integer();
  }

  float real(String attribute, float otherwise) {
    NodeAttribute found = attributes.get(attribute);
    return found == null ? otherwise : found.real();
  }

  /** Returns a tensor or list; null if it is missing. */
  @Nullable GraphConstant constant(String attribute) {
    NodeAttribute found = attributes.get(attribute);
    return found == null ? null : found.constant();
  }

  /** Returns its operator and name for messages. */
  String title() {
    String own = name.isEmpty() ? output() : name;
    return PrintableText.of(operator, MAX_NAME) + " '" + PrintableText.of(own, MAX_NAME) + "'";
  }

  /** Returns the exception that names this node. */
  FormatException refusal(String reason) {
    return new FormatException("node " + title() + ": " + reason);
  }
}
