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
   * Returns the rows of a truth table in order; targets are 0 or 1 for one output, one-hot for two.
   *
   * @throws IllegalArgumentException if the topology does not fit the truth table
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

  /** Returns the inputs of sample {@code s}, which the caller must not modify. */
  public float[] inputs(int s) {
    return inputs[s];
  }

  /** Returns the targets of sample {@code s}, which the caller must not modify. */
  public float[] targets(int s) {
    return targets[s];
  }
}
