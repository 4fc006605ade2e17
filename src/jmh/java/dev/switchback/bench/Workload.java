package dev.switchback.bench;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Loss;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.Start;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.core.nn.UpdateRule;

/**
 * The timed work, for us and the rivals: sigmoid networks with weights and dense inputs from {@link
 * Lcg}.
 *
 * <p>The parameters come from one stream in the documented order of {@link Topology}; a value u
 * gives {@code (2u - 1) sqrt(6 / (fanIn + fanOut))}, rounded to float. Inputs are the raw values of
 * another stream. Training is online, in sample order, on half the squared error, always from the
 * same weights. The rivals in C and Python use the same seeds and rates.
 *
 * @param rate learning rate; 0 without training
 * @param epochs epochs per run
 */
public record Workload(
    Topology topology, long weightsSeed, long inputsSeed, float rate, int epochs) {
  /** Trained on XOR: 4 samples, 4000 times. */
  public static final Workload TINY = sigmoid("2-2-1", 1, 10, 1f, 4000);

  public static final Workload SQUARE = sigmoid("64-64-64-10", 2, 11, 0f, 0);

  /** Trained on 1000 samples, once. */
  public static final Workload WIDE = sigmoid("784-128-10", 3, 12, 0.05f, 1);

  private static final int WIDE_SAMPLES = 1000;
  private static final long SAMPLES_SEED = 13;

  private static Workload sigmoid(
      String topology, long weightsSeed, long inputsSeed, float rate, int epochs) {
    return new Workload(
        Topology.parse(topology, Activation.SIGMOID), weightsSeed, inputsSeed, rate, epochs);
  }

  /** Returns the weights in the documented order. */
  public float[] weights() {
    Lcg stream = new Lcg(weightsSeed);
    float[] values = new float[topology.parameterCount()];
    for (int l = 0; l < topology.layers(); l++) {
      double scale = Math.sqrt(6.0 / (topology.fanIn(l) + topology.fanOut(l)));
      for (int k = topology.offset(l); k < topology.offset(l + 1); k++) {
        values[k] = (float) ((2.0 * stream.next() - 1.0) * scale);
      }
    }
    return values;
  }

  public float[] inputs() {
    return new Lcg(inputsSeed).floats(topology.inputs());
  }

  /** Returns XOR, or random inputs with random one-hot classes. */
  public Samples samples() {
    if (equals(TINY)) {
      return Samples.of(TruthTable.XOR, topology);
    }
    Lcg stream = new Lcg(SAMPLES_SEED);
    float[][] inputs = new float[WIDE_SAMPLES][];
    float[][] targets = new float[WIDE_SAMPLES][topology.outputs()];
    for (int s = 0; s < WIDE_SAMPLES; s++) {
      inputs[s] = stream.floats(topology.inputs());
      targets[s][(int) (topology.outputs() * stream.next())] = 1f;
    }
    return new Samples(inputs, targets);
  }

  /** Returns a recipe of plain online descent on the squared error. */
  public Recipe recipe() {
    return new Recipe(
        "bench",
        topology,
        new Start(1f, 1f),
        Loss.SQUARED_ERROR,
        Recipe.Batch.ONLINE,
        new Recipe.Gradient.Backpropagation(),
        UpdateRule.GradientDescent.plain(rate),
        Recipe.Schedule.fixed(epochs));
  }

  /** Returns the sum of the outputs, on which the rivals must agree. */
  public static double sum(float[] outputs) {
    double sum = 0.0;
    for (float output : outputs) {
      sum += output;
    }
    return sum;
  }
}
