package dev.switchback.tools.foreign.onnx;

import dev.switchback.PrintableText;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Follows a graph from its input to its output, through dense layers and what leaves their values
 * as they are.
 *
 * <p>Samples are rows, neurons the last axis: {@code x W + b}. Or samples are columns, neurons the
 * axis before: {@code W x + b}.
 */
final class NetworkLine {
  /** Limit for all weights and biases. */
  private static final int MAX_PARAMETERS = 1 << 23;

  private static final int MAX_NOTES = 4;

  private static final String SCALES =
      "it scales the inputs, which no device does: export the network without it, and say with"
          + " --coding which numbers it then takes for switches";

  private static final Set<String> CLASS_LABELS =
      Set.of(
          "ArgMax",
          "ai.onnx.ml.ArrayFeatureExtractor",
          "ai.onnx.ml.Binarizer",
          "ai.onnx.ml.ZipMap");

  private final Graph graph;
  private final long opset;
  private final Constants constants;
  private final Map<String, List<GraphNode>> users = new HashMap<>();
  private final Set<GraphNode> passed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<LineLayer> layers = new ArrayList<>();
  private int parameterCount;

  /** The shape of the input, as {@link Graph.Input} states it. */
  private List<Long> inputShape = List.of();

  /** Number of axes of the present value; 0 if it is not known. */
  private int rank;

  private boolean isInColumns;

  /** Whether the axis of the neurons may have got another length or place since the last layer. */
  private boolean isReshaped;

  /** The nodes that make labels of the outputs. */
  private List<GraphNode> labels = List.of();

  /** Name of the outputs of the network. */
  private String end = "";

  private NetworkLine(Graph graph, long opset) {
    this.graph = graph;
    this.opset = opset;
    this.constants = new Constants(graph);
    for (GraphNode node : graph.nodes()) {
      // What computes a shape of another value leaves that value as it is.
      if (!constants.isBy(node) && !node.operator().equals("Shape")) {
        node.inputs().stream()
            .filter(name -> !name.isEmpty())
            .distinct()
            .forEach(name -> users.computeIfAbsent(name, _ -> new ArrayList<>()).add(node));
      }
    }
  }

  /**
   * Follows a graph.
   *
   * @param opset version of the operators
   * @throws FormatException naming the node that is no part of a network
   */
  static NetworkLine of(Graph graph, long opset) throws FormatException {
    NetworkLine line = new NetworkLine(graph, opset);
    line.follow();
    return line;
  }

  private void follow() throws FormatException {
    if (graph.inputs().size() != 1) {
      throw new FormatException(
          "the graph has %s inputs, one expected".formatted(graph.inputs().size()));
    }
    Graph.Input input = graph.inputs().getFirst();
    inputShape = input.dimensions();
    rank = inputShape.size();
    String value = input.name();
    List<GraphNode> next = users(value);
    while (!next.isEmpty() && !areLabels(value, next)) {
      GraphNode node = next.getFirst();
      if (next.size() > 1) {
        throw node.refusal("a second branch begins beside it with " + next.get(1).title());
      }
      if (!passed.add(node)) {
        throw node.refusal("its output leads back to it");
      }
      pass(node, value);
      value = node.output();
      next = users(value);
    }
    if (layers.isEmpty()) {
      throw new FormatException("the graph has no layer of weights");
    }
    if (next.isEmpty() && !graph.outputs().contains(value)) {
      throw new FormatException("the graph does not lead to its output");
    }
    labels = next;
    end = value;
  }

  private List<GraphNode> users(String value) {
    return users.getOrDefault(value, List.of());
  }

  /** Whether a value has the outputs of the network, of which only labels of classes are made. */
  private boolean areLabels(String value, List<GraphNode> next) {
    List<GraphNode> labelled = next.stream().filter(node -> isLabel(value, node, next)).toList();
    return !layers.isEmpty()
        && !labelled.isEmpty()
        && next.stream()
            .allMatch(node -> labelled.contains(node) || node.operator().equals("Identity"));
  }

  private boolean isLabel(String value, GraphNode node, List<GraphNode> next) {
    return CLASS_LABELS.contains(node.operator())
        || next.stream()
            .anyMatch(
                other -> isOfTwoClasses(value, node, other) || isOfTwoClasses(value, other, node));
  }

  /** Whether {@code 1 - p} and {@code p} are joined, as skl2onnx does for two classes. */
  private boolean isOfTwoClasses(String value, GraphNode rest, GraphNode both) {
    GraphConstant one = constants.get(rest.input(0));
    return rest.operator().equals("Sub")
        && one != null
        && one.count() == 1
        && one.get(0) == 1.0
        && both.operator().equals("Concat")
        && both.inputs().equals(List.of(rest.output(), value));
  }

  private void pass(GraphNode node, String value) throws FormatException {
    switch (node.operator()) {
      case "Gemm" -> gemm(node, value);
      case "MatMul" -> matMul(node, value);
      case "Add" -> add(node, value);
      case "Sigmoid" -> activate(node, Activation.SIGMOID);
      case "Tanh" -> activate(node, Activation.TANH);
      case "Relu" -> activate(node, Activation.RELU);
      case "Softmax" -> softmax(node);
      case "Identity" -> {}
      case "Dropout" -> dropout(node);
      case "Cast" -> cast(node);
      case "Flatten", "Reshape", "Squeeze", "Unsqueeze" -> reshape(node);
      default -> throw refusal(node);
    }
  }

  private FormatException refusal(GraphNode node) {
    return switch (node.operator()) {
      case "Sub", "Mul", "Div", "ai.onnx.ml.Scaler", "ai.onnx.ml.Normalizer" ->
          layers.isEmpty() ? node.refusal(SCALES) : unsupported(node, "");
      case "LogSoftmax" -> unsupported(node, "; export the network with Softmax in its place");
      case "BatchNormalization" ->
          unsupported(node, "; fold it into the layer beside it before the export");
      default -> unsupported(node, "");
    };
  }

  private static FormatException unsupported(GraphNode node, String advice) {
    return node.refusal(
        "Switchback does not have this operator; it has Gemm, MatMul, Add, Sigmoid, Tanh, Relu and"
            + " Softmax"
            + advice);
  }

  private void gemm(GraphNode node, String value) throws FormatException {
    boolean isLeft = node.input(0).equals(value);
    if (node.integer(isLeft ? "transA" : "transB", 0) != 0) {
      throw node.refusal("it transposes the values of the layer before it");
    }
    GraphConstant matrix = weights(node, node.input(isLeft ? 1 : 0));
    boolean isTurned = node.integer(isLeft ? "transB" : "transA", 0) != 0;
    if (matrix.dimensions().size() != 2) {
      throw node.refusal(matrix.title() + ": a matrix expected");
    }
    append(
        node, isTurned == isLeft ? matrix.transposed() : matrix, node.real("alpha", 1f), !isLeft);
    rank = 2;
    if (!node.input(2).isEmpty()) {
      bias(node, weights(node, node.input(2)), node.real("beta", 1f));
    }
  }

  private void matMul(GraphNode node, String value) throws FormatException {
    boolean isLeft = node.input(0).equals(value);
    GraphConstant matrix = weights(node, node.input(isLeft ? 1 : 0));
    int axes = matrix.dimensions().size();
    if (axes < 1 || axes > 2) {
      throw node.refusal(matrix.title() + ": a matrix expected");
    }
    boolean isVector = axes == 1;
    append(node, isLeft || isVector ? matrix : matrix.transposed(), 1f, !isLeft && rank != 1);
    if (isVector) {
      rank = 0;
      isReshaped = true;
    }
  }

  /** Returns an operand that must be constant. */
  private GraphConstant weights(GraphNode node, String name) throws FormatException {
    GraphConstant constant = constants.get(name);
    if (constant != null) {
      constant.requireFloats();
      return constant;
    }
    for (GraphNode maker : graph.nodes()) {
      if (maker.outputs().contains(name)) {
        throw node.refusal("its weights are not constant, but made by " + maker.title());
      }
    }
    throw node.refusal("its weights are not in the file");
  }

  /** Appends a layer with weights [in, out]. */
  private void append(GraphNode node, GraphConstant weights, float factor, boolean isNowInColumns)
      throws FormatException {
    for (int width : weights.dimensions()) {
      if (width < 1 || width > Topology.MAX_WIDTH) {
        throw node.refusal(
            weights.title() + ": widths of 1 to " + Topology.MAX_WIDTH + " expected");
      }
    }
    LineLayer layer = new LineLayer(weights, factor);
    if (layers.isEmpty()) {
      isInColumns = isNowInColumns;
      requireInputs(node, layer);
    } else if (isInColumns != isNowInColumns || (isInColumns && isReshaped)) {
      throw node.refusal("samples are rows in one layer, columns in another");
    } else if (layers.getLast().out() != layer.in()) {
      throw node.refusal(
          "%s takes %s values, the layer before it gives %s"
              .formatted(weights.title(), layer.in(), layers.getLast().out()));
    }
    long count = parameterCount + (layer.in() + 1L) * layer.out();
    if (count > MAX_PARAMETERS || layers.size() == Topology.MAX_LAYERS) {
      throw node.refusal(
          "at most %s layers and %s parameters expected"
              .formatted(Topology.MAX_LAYERS, MAX_PARAMETERS));
    }
    parameterCount = (int) count;
    layers.add(layer);
    isReshaped = false;
  }

  /** Requires that the first layer takes a whole sample, if the graph states its size. */
  private void requireInputs(GraphNode node, LineLayer first) throws FormatException {
    List<Long> sample =
        inputShape.size() > 1 ? inputShape.subList(1, inputShape.size()) : inputShape;
    if (isInColumns || sample.isEmpty() || sample.contains(0L)) {
      return;
    }
    long values = 1;
    for (long size : sample) {
      values = Math.min(values * size, Integer.MAX_VALUE);
    }
    if (values != first.in()) {
      throw node.refusal(
          "it takes %s values, the input of the graph has %s".formatted(first.in(), values));
    }
  }

  private void add(GraphNode node, String value) throws FormatException {
    if (layers.isEmpty()) {
      throw node.refusal(SCALES);
    }
    String other = node.input(node.input(0).equals(value) ? 1 : 0);
    bias(node, weights(node, other), 1.0);
  }

  private void bias(GraphNode node, GraphConstant bias, double multiple) throws FormatException {
    LineLayer layer = layers.getLast();
    if (!layer.isOpen()) {
      throw node.refusal("it adds to the values behind an activation");
    }
    boolean fits = !isReshaped && bias.isAlong(isInColumns ? 1 : 0, layer.out());
    if (bias.count() != 1 && !fits) {
      throw node.refusal(bias.title() + " is no bias of " + layer.out() + " neurons");
    }
    layer.add(bias, multiple);
  }

  private void activate(GraphNode node, Activation activation) throws FormatException {
    if (layers.isEmpty()) {
      throw node.refusal("there is no layer of weights before it");
    }
    if (!layers.getLast().isOpen()) {
      throw node.refusal("it follows another activation");
    }
    layers.getLast().activate(activation);
  }

  private void softmax(GraphNode node) throws FormatException {
    int axes = rank == 0 ? 2 : rank;
    long axis = node.integer("axis", opset < 13 ? 1 : -1);
    long ofNeurons = isInColumns ? axes - 2L : axes - 1L;
    if (isReshaped || (axis < 0 ? axis + axes : axis) != ofNeurons) {
      throw node.refusal("axis " + axis + " is not the one of the neurons");
    }
    activate(node, Activation.SOFTMAX);
  }

  /** Requires that nothing is dropped at random. */
  private void dropout(GraphNode node) throws FormatException {
    String training = node.input(2);
    GraphConstant isTraining = constants.get(training);
    boolean isOff = isTraining != null && isTraining.count() == 1 && isTraining.get(0) == 0.0;
    if (!training.isEmpty() && !isOff) {
      throw node.refusal("it drops values at random: export the network in evaluation mode");
    }
  }

  private static void cast(GraphNode node) throws FormatException {
    NumberType to = NumberType.of(node.integer("to", 0));
    if (to == null || !to.isFloat()) {
      throw node.refusal("it rounds values to another type than a float");
    }
  }

  /**
   * Passes a change of shape. A layer behind it takes rows of as many values as the layer before it
   * gives, so these are the same rows.
   */
  private void reshape(GraphNode node) {
    int before = rank;
    GraphConstant shape = constants.get(node.input(1));
    boolean isMatrix = false;
    rank = 0;
    if (node.operator().equals("Flatten")) {
      rank = 2;
      isMatrix = node.integer("axis", 1) == 1;
    } else if (node.operator().equals("Reshape") && shape != null && shape.count() == 2) {
      rank = 2;
      isMatrix = layers.isEmpty() || isWidth(shape.integers().getLast());
    }
    isReshaped |= !(isMatrix && before == 2);
  }

  /** Whether the last size of a new shape leaves the rows of a matrix as they are. */
  private boolean isWidth(long size) {
    return size <= 0 || size == layers.getLast().out();
  }

  /**
   * Returns the network.
   *
   * @throws FormatException if it has a shape or activations that Switchback lacks, or a value that
   *     is no finite float
   */
  Parameters parameters() throws FormatException {
    int[] widths = new int[layers.size() + 1];
    widths[0] = layers.getFirst().in();
    for (int l = 0; l < layers.size(); l++) {
      widths[l + 1] = layers.get(l).out();
    }
    Activation[] activations =
        layers.stream().map(LineLayer::activation).toArray(Activation[]::new);
    Topology topology;
    try {
      topology = new Topology(widths, activations);
      if (topology.outputs() > 1
          && labels.stream().anyMatch(node -> node.operator().equals("ArgMax"))) {
        topology = topology.withArgmax();
      }
    } catch (IllegalArgumentException e) {
      throw new FormatException(String.valueOf(e.getMessage()), e);
    }
    float[] values = new float[topology.parameterCount()];
    for (int l = 0; l < layers.size(); l++) {
      layers.get(l).copyTo(values, topology.offset(l));
    }
    return Parameters.of(topology, values);
  }

  /** Returns one sentence each on what was left out. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (labels.isEmpty()) {
      graph.outputs().stream()
          .filter(output -> !output.equals(end))
          .forEach(output -> notes.add("left out: the further output '" + output + "'"));
    } else {
      notes.add(
          graph.nodes().stream()
              .filter(node -> !constants.isBy(node) && !passed.contains(node))
              .map(GraphNode::operator)
              .distinct()
              .collect(Collectors.joining(", ", "left out behind the outputs: ", "")));
    }
    return notes.stream().limit(MAX_NOTES).map(note -> PrintableText.of(note, 200)).toList();
  }
}
