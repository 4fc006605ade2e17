package dev.switchback.core.nn;

/** Training samples: inputs and targets of one network. Read-only after construction. */
public final class Samples {
  private final float[][] inputs;
  private final float[][] targets;

  /**
   * Creates samples: {@code s} is {@code inputs[s]} with {@code targets[s]}; arrays are not copied.
   *
   * @throws IllegalArgumentException if there are none, or if the numbers of both differ
   */
  public Samples(float[][] inputs, float[][] targets) {
    if (inputs.length == 0 || inputs.length != targets.length) {
      throw new IllegalArgumentException(
          inputs.length + " inputs with " + targets.length + " targets");
    }
    this.inputs = inputs;
    this.targets = targets;
  }

  /**
   * Returns the rows of a truth table in order; targets are 0 or 1 for each LED, or one-hot with
   * the argmax rule.
   *
   * @throws IllegalArgumentException if the topology does not fit the truth table
   */
  public static Samples of(TruthTable truth, Topology topology) {
    truth.requireFit(topology);
    float[][] inputs = new float[truth.rows()][];
    float[][] targets = new float[truth.rows()][topology.outputs()];
    for (int r = 0; r < truth.rows(); r++) {
      inputs[r] = TruthTable.inputs(r, truth.inputs());
      if (topology.isArgmax()) {
        targets[r][truth.answer(r)] = 1f;
      } else {
        for (int led = 0; led < truth.leds(); led++) {
          targets[r][led] = truth.answer(r, led);
        }
      }
    }
    return new Samples(inputs, targets);
  }

  public int count() {
    return inputs.length;
  }

  /** Returns the inputs of sample {@code s}, which the caller must not modify. */
  public float[] inputs(int s) {
    return inputs[s];
  }

  /** Returns the targets of sample {@code s}, which the caller must not modify. */
  public float[] targets(int s) {
    return targets[s];
  }
}
