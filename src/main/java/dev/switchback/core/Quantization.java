package dev.switchback.core;

import dev.switchback.core.fixed.FixedModel;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.FloatModel;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;

/**
 * What a network loses when {@link Engine#FIXED} answers instead of {@link Engine#FLOAT}: weights
 * beyond the range of {@link QFormat}, values that are cut, and the difference of the outputs.
 *
 * <p>The outputs are compared in every switch position and over the input cube [-0.5, 1.5]^n: on a
 * grid for one and two inputs, else at points of a fixed random stream. Immutable.
 */
public final class Quantization {
  private static final float LOWEST = -0.5f;
  private static final float SIDE = 2f;
  private static final int MIN_POINTS = 64;

  private final int cutWeights;
  private final float largestCutWeight;
  private final double weightError;
  private boolean cutsValues;
  private double difference;
  private float[] worst = {};
  private final String inFloat;
  private final String inFixed;

  private Quantization(Parameters parameters, int points) {
    int cut = 0;
    float largestCut = 0;
    double error = 0;
    for (float weight : parameters.toArray()) {
      if (QFormat.cuts(weight)) {
        cut++;
        largestCut = Math.abs(weight) > Math.abs(largestCut) ? weight : largestCut;
      }
      float rounded = QFormat.dequantize(QFormat.quantize(weight));
      error = Math.max(error, Math.abs((double) weight - rounded));
    }
    this.cutWeights = cut;
    this.largestCutWeight = largestCut;
    this.weightError = error;
    this.inFloat = Engine.FLOAT.answers(parameters);
    this.inFixed = Engine.FIXED.answers(parameters);
    compare(parameters, points);
  }

  /**
   * Compares the engines.
   *
   * @param work limits the points, so that points times parameters are about this number
   */
  public static Quantization of(Parameters parameters, int work) {
    int points = Math.max(MIN_POINTS, work / parameters.topology().parameterCount());
    return new Quantization(parameters, points);
  }

  private void compare(Parameters parameters, int points) {
    Topology topology = parameters.topology();
    int inputs = topology.inputs();
    Pair pair = new Pair(parameters);
    float[] at = new float[inputs];
    if (inputs <= TruthTable.MAX_INPUTS) {
      for (int row = 0; row < 1 << inputs; row++) {
        add(pair, TruthTable.inputs(row, inputs));
      }
    }
    if (inputs <= 2) {
      int side = inputs == 1 ? Math.min(points, 2001) : Math.min((int) Math.sqrt(points), 101);
      for (int p = 0; p < (inputs == 1 ? side : side * side); p++) {
        int row = p / side;
        at[0] = LOWEST + SIDE * (p % side) / (side - 1);
        if (inputs == 2) {
          at[1] = LOWEST + SIDE * row / (side - 1);
        }
        add(pair, at);
      }
      return;
    }
    SplitMix random = new SplitMix(1);
    for (int p = 0; p < Math.min(points, 4096); p++) {
      for (int i = 0; i < inputs; i++) {
        at[i] = LOWEST + SIDE * (random.nextLong() >>> 40) * 0x1p-24f;
      }
      add(pair, at);
    }
  }

  private void add(Pair pair, float[] at) {
    double found = pair.difference(at);
    if (found > difference) {
      difference = found;
      worst = at.clone();
    }
    cutsValues |= pair.fixed.isCut();
  }

  /** A network in both engines. */
  private static final class Pair {
    private final FloatModel inFloat;
    private final FixedModel fixed;
    private final float[] expected;
    private final float[] found;

    Pair(Parameters parameters) {
      this.inFloat = new FloatModel(parameters);
      this.fixed = new FixedModel(parameters);
      this.expected = new float[parameters.topology().outputs()];
      this.found = expected.clone();
    }

    double difference(float[] at) {
      inFloat.infer(at, expected);
      fixed.infer(at, found);
      double largest = 0;
      for (int j = 0; j < found.length; j++) {
        largest = Math.max(largest, Math.abs((double) found[j] - expected[j]));
      }
      return largest;
    }
  }

  /** Returns the number of weights and biases that are cut to the range [-128, 128). */
  public int cutWeights() {
    return cutWeights;
  }

  /** Returns the largest of these, by its absolute value; 0 if there are none. */
  public float largestCutWeight() {
    return largestCutWeight;
  }

  /** Returns the largest error of a weight. */
  public double weightError() {
    return weightError;
  }

  /** Returns whether an input, a sum or an output is cut to the range [-2048, 2048). */
  public boolean cutsValues() {
    return cutsValues;
  }

  /** Returns the largest difference of an output. */
  public double difference() {
    return difference;
  }

  /** Returns the inputs of the largest difference; empty if there is none. */
  public float[] worst() {
    return worst.clone();
  }

  /** Returns the answers in float, as digits; empty if the network has no truth table. */
  public String inFloat() {
    return inFloat;
  }

  /** Returns the answers in fixed point. */
  public String inFixed() {
    return inFixed;
  }

  /** Returns whether a switch position is answered in another way. */
  public boolean changesAnswers() {
    return !inFloat.equals(inFixed);
  }

  /** Returns whether weights or values are cut. */
  public boolean cuts() {
    return cutWeights > 0 || cutsValues;
  }

  /** Returns a clause: the difference, and what is cut. */
  @Override
  public String toString() {
    String text = "differs from float by at most " + LossText.of(difference);
    if (cutWeights > 0) {
      text +=
          "; "
              + (cutWeights == 1 ? "a weight is" : cutWeights + " weights are")
              + " cut to 128, the largest from "
              + largestCutWeight;
    }
    if (cutsValues) {
      text += "; values are cut to 2048";
    }
    return cuts() ? text : text + ", nothing is cut";
  }
}
