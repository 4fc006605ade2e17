package dev.switchback.tools.foreign;

import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A network as a C header holds it: raw weights, tables, and what the header computes with them.
 * With whole tables, it gives the outputs of the fixed engine bit for bit.
 */
public final class CModel {
  /** Most weights and biases in a header. */
  public static final int MAX_PARAMETERS = 1 << 20;

  /** What predict returns if a value was cut. */
  public static final int CUT = -1;

  private final Topology topology;
  private final int[] parameters;
  private final int cutWeights;
  private final Map<Activation, CTable> tables = new EnumMap<>(Activation.class);
  private final CStyle style;
  private final InputLimit limit;

  /**
   * Quantises a network as the fixed engine does.
   *
   * @throws IllegalArgumentException if there are more than {@link #MAX_PARAMETERS}
   */
  public CModel(Parameters network, CStyle style) {
    this.topology = network.topology();
    this.style = style;
    if (topology.parameterCount() > MAX_PARAMETERS) {
      throw new IllegalArgumentException(
          "topology %s has %s parameters; a C header holds at most %s"
              .formatted(topology, topology.parameterCount(), MAX_PARAMETERS));
    }
    float[] values = network.toArray();
    this.parameters = new int[values.length];
    int cut = 0;
    for (int k = 0; k < values.length; k++) {
      parameters[k] = QFormat.quantize(values[k]);
      cut += QFormat.cuts(values[k]) ? 1 : 0;
    }
    this.cutWeights = cut;
    for (int l = 0; l < topology.layers(); l++) {
      tables.computeIfAbsent(
          topology.activation(l), activation -> CTable.of(activation, style.tableSteps()));
    }
    this.limit = InputLimit.of(topology, parameters);
  }

  Topology topology() {
    return topology;
  }

  /** Returns the raw parameters, in the order of {@link Topology#index}. */
  int[] parameters() {
    return parameters.clone();
  }

  /** Returns the table of an activation, or null if it has none. */
  @Nullable CTable table(Activation activation) {
    return tables.get(activation);
  }

  /** Returns the largest safe input, either way, as in {@link InputLimit}; negative if none is. */
  public double inputLimit() {
    return limit.value();
  }

  InputLimit limit() {
    return limit;
  }

  /** Returns how the header is written. */
  public CStyle style() {
    return style;
  }

  /** Returns the number of weights and biases beyond -128 to 128, which are cut to that range. */
  public int cutWeights() {
    return cutWeights;
  }

  /** Returns the bytes of weights and tables: flash, on a microcontroller. */
  public int flashBytes() {
    int values = parameters.length;
    for (CTable table : tables.values()) {
      values += table.half().length;
    }
    return Integer.BYTES * values;
  }

  /** Returns the bytes of the arrays that infer and predict have on the stack. */
  public int ramBytes() {
    return Integer.BYTES * (bufferSize(0) + bufferSize(1) + topology.outputs());
  }

  /**
   * Returns the values of one of the two buffers between the layers.
   *
   * @param first boundary, 0 or 1, from which on the buffer holds every other one
   */
  int bufferSize(int first) {
    int size = 0;
    for (int boundary = first; boundary < topology.layers(); boundary += 2) {
      size = Math.max(size, topology.width(boundary));
    }
    return size;
  }

  /**
   * Computes the outputs.
   *
   * @param inputs raw values, of any size
   * @param outputs receives raw values
   * @return whether an input was cut, or a sum where it matters: not before sigmoid or tanh
   */
  public boolean infer(int[] inputs, int[] outputs) {
    boolean isCut = false;
    int[] in = new int[inputs.length];
    for (int i = 0; i < in.length; i++) {
      in[i] = saturated(inputs[i]);
      isCut |= in[i] != inputs[i];
    }
    for (int l = 0; l < topology.layers(); l++) {
      Activation activation = topology.activation(l);
      int[] out = new int[topology.fanOut(l)];
      for (int j = 0; j < out.length; j++) {
        long sum = sum(l, j, in);
        out[j] = saturated(sum);
        isCut |= InputLimit.isCut(activation, sum, sum);
      }
      activate(activation, out);
      in = out;
    }
    System.arraycopy(in, 0, outputs, 0, in.length);
    return isCut;
  }

  private long sum(int l, int j, int[] in) {
    long sum = (long) parameters[topology.index(l, in.length, j)] << QFormat.FRACTION_BITS;
    for (int i = 0; i < in.length; i++) {
      sum += (long) in[i] * parameters[topology.index(l, i, j)];
    }
    return rounded(sum);
  }

  private void activate(Activation activation, int[] values) {
    CTable table = tables.get(activation);
    if (activation == Activation.SOFTMAX && table != null) {
      softmax(table, values);
      return;
    }
    for (int j = 0; j < values.length; j++) {
      if (table != null) {
        values[j] = table.at(values[j]);
      } else if (activation == Activation.RELU) {
        values[j] = Math.max(0, values[j]);
      }
    }
  }

  private static void softmax(CTable decay, int[] values) {
    int max = values[0];
    for (int value : values) {
      max = Math.max(max, value);
    }
    long sum = 0;
    for (int j = 0; j < values.length; j++) {
      values[j] = decay.at((long) values[j] - max);
      sum += values[j];
    }
    for (int j = 0; j < values.length; j++) {
      values[j] = (int) (((long) values[j] * QFormat.ONE + sum / 2) / sum);
    }
  }

  private static int saturated(long raw) {
    return Math.clamp(raw, QFormat.MIN_VALUE, QFormat.MAX_VALUE);
  }

  /** Converts a sum from 32 to 16 fraction bits, rounded half up. */
  static long rounded(long sum) {
    return (sum + (1L << (QFormat.FRACTION_BITS - 1))) >> QFormat.FRACTION_BITS;
  }

  /**
   * Returns the answer of predict, {@link #CUT} if a value was cut.
   *
   * @param inputs raw values
   */
  public int predict(int[] inputs) {
    int[] outputs = new int[topology.outputs()];
    if (infer(inputs, outputs)) {
      return CUT;
    }
    int answer = 0;
    for (int j = 0; j < outputs.length; j++) {
      if (!topology.isArgmax()) {
        answer = 2 * answer + (outputs[j] > QFormat.ONE / 2 ? 1 : 0);
      } else if (outputs[j] > outputs[answer]) {
        answer = j;
      }
    }
    return answer;
  }

  /** Returns the answer in every switch position; none if the network has no truth table. */
  int[] answers() {
    if (!TruthTable.fits(topology)) {
      return new int[0];
    }
    int[] answers = new int[1 << topology.inputs()];
    int[] inputs = new int[topology.inputs()];
    for (int row = 0; row < answers.length; row++) {
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = TruthTable.level(row, i, inputs.length) * QFormat.ONE;
      }
      answers[row] = predict(inputs);
    }
    return answers;
  }

  /**
   * Returns the positions of the switches in which shorter tables change the answer of the fixed
   * engine, as {@link TruthTable#levels} shows them.
   *
   * @param network from which this was made
   */
  public List<String> changed(Parameters network) {
    if (style.tableSteps() == CTable.ENGINE_STEPS) {
      return List.of();
    }
    int[] answers = answers();
    int[] whole = new CModel(network, style.withTableSteps(CTable.ENGINE_STEPS)).answers();
    return IntStream.range(0, answers.length)
        .filter(row -> answers[row] != whole[row])
        .mapToObj(row -> TruthTable.levels(row, topology.inputs()))
        .toList();
  }

  /** Returns the largest difference of a table from the exact function; 0 without a table. */
  public double tableError() {
    return tables.values().stream().mapToDouble(CTable::errorToExact).max().orElse(0);
  }

  /** Returns the largest difference of a table from the fixed engine's; 0 without a table. */
  public double tableErrorToEngine() {
    return tables.values().stream().mapToDouble(CTable::errorToEngine).max().orElse(0);
  }

  /**
   * Returns why the network does not fit into fixed point for these inputs, or null if it does.
   *
   * @param inputs that it will see
   */
  public @Nullable String failure(InputRange inputs) {
    List<String> failures = new ArrayList<>();
    if (cutWeights > 0) {
      failures.add(
          String.format(
              Locale.ROOT,
              "%d %s beyond -128 to 128, which is the range of %s",
              cutWeights,
              cutWeights == 1 ? "weight is" : "weights are",
              QFormat.NAME));
    }
    if (inputs.reach() > limit.value()) {
      failures.add(beyond(inputs));
    }
    return failures.isEmpty() ? null : String.join("; ", failures);
  }

  private String beyond(InputRange range) {
    String inputs = "inputs " + range;
    if (limit.layer() < 0) {
      return inputs + " reach beyond -2048 to 2048, the range of values in fixed point";
    }
    String where =
        String.format(
            Locale.ROOT,
            " can give layer %d (%s) a sum beyond 2048, the limit of fixed point; ",
            limit.layer() + 1,
            topology.activation(limit.layer()).label());
    return inputs
        + where
        + (limit.raw() < 0
            ? "so can any others"
            : "those from -" + shown(limit.value()) + " to " + shown(limit.value()) + " cannot");
  }

  /** Returns an error with two digits, rounded up: {@code 1.1e-5}. */
  public static String error(double error) {
    BigDecimal digits = new BigDecimal(error).round(new MathContext(2, RoundingMode.UP));
    return String.format(Locale.ROOT, "%.1e", digits).replaceFirst("e([-+])0", "e$1");
  }

  /** Returns a number with up to five decimals, rounded towards 0. */
  static String shown(double number) {
    return new BigDecimal(number)
        .setScale(5, RoundingMode.DOWN)
        .stripTrailingZeros()
        .toPlainString();
  }
}
