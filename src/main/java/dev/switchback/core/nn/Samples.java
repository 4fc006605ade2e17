package dev.switchback.core.nn;

/** Training samples: inputs and targets of one network. Shared read-only after construction. */
public final class Samples {
  private final float[][] inputs;
  private final float[][] targets;

  /**
   * Samples {@code s} is {@code inputs[s]} with {@code targets[s]}; the arrays are not copied.
   *
   * @throws IllegalArgumentException if there are none or not as many targets as inputs
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
   * The rows of a truth table, in order; the target is 0 or 1 for one output, one-hot for two.
   *
   * @throws IllegalArgumentException if the topology cannot stand for the truth table
   */
  public static Samples of(TruthTable truth, Topology topology) {
    if (topology.inputs() != truth.inputs() || topology.outputs() > 2) {
      throw new IllegalArgumentException(
          "a truth table of "
              + truth.rows()
              + " rows needs a topology with "
              + truth.inputs()
              + " inputs and 1 or 2 outputs, not "
              + topology);
    }
    float[][] inputs = new float[truth.rows()][];
    float[][] targets = new float[truth.rows()][topology.outputs()];
    for (int r = 0; r < truth.rows(); r++) {
      inputs[r] = TruthTable.inputs(r, truth.inputs());
      int answer = truth.answer(r);
      if (topology.outputs() == 1) {
        targets[r][0] = answer;
      } else {
        targets[r][answer] = 1f;
      }
    }
    return new Samples(inputs, targets);
  }

  public int count() {
    return inputs.length;
  }

  /** Inputs of sample {@code s}, not to be changed. */
  public float[] inputs(int s) {
    return inputs[s];
  }

  /** Targets of sample {@code s}, not to be changed. */
  public float[] targets(int s) {
    return targets[s];
  }
}
