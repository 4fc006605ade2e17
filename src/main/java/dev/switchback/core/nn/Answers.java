package dev.switchback.core.nn;

/** The outputs of a model in every switch position, computed once. Immutable. */
public final class Answers {
  private final Topology topology;
  private final float[][] outputs;

  private Answers(Topology topology, float[][] outputs) {
    this.topology = topology;
    this.outputs = outputs;
  }

  /**
   * Runs the model once per row.
   *
   * @throws IllegalArgumentException if it has more than {@value TruthTable#MAX_INPUTS} inputs
   */
  public static Answers of(Model model) {
    Topology topology = model.topology();
    int inputs = topology.inputs();
    if (inputs > TruthTable.MAX_INPUTS) {
      throw new IllegalArgumentException(
          "topology "
              + topology
              + " has "
              + inputs
              + " inputs; a truth table has at most "
              + TruthTable.MAX_INPUTS);
    }
    float[][] outputs = new float[1 << inputs][topology.outputs()];
    for (int row = 0; row < outputs.length; row++) {
      model.infer(TruthTable.inputs(row, inputs), outputs[row]);
    }
    return new Answers(topology, outputs);
  }

  public Topology topology() {
    return topology;
  }

  public int rows() {
    return outputs.length;
  }

  /** Returns all outputs of a row, which the caller must not modify. */
  public float[] outputs(int row) {
    return outputs[row];
  }

  /** Returns the output to display for an LED in a row. */
  public float displayedOutput(int row, int led) {
    return outputs[row][topology.displayed(led)];
  }

  /** Returns the outputs to display, one per row and LED, as a new array. */
  public float[] displayedOutputs() {
    int leds = topology.leds();
    float[] displayed = new float[rows() * leds];
    for (int i = 0; i < displayed.length; i++) {
      displayed[i] = displayedOutput(i / leds, i % leds);
    }
    return displayed;
  }

  /** Returns the answer in a row; see {@link Topology#answer}. */
  public int answer(int row) {
    return topology.answer(outputs[row]);
  }

  /** Returns whether all outputs of a row are finite, so that its answer is valid. */
  public boolean isFinite(int row) {
    return Model.isFinite(outputs[row]);
  }

  /** Returns the digits of the truth table, if the topology {@link TruthTable#fits fits} one. */
  @Override
  public String toString() {
    int[] answers = new int[outputs.length];
    for (int row = 0; row < answers.length; row++) {
      answers[row] = answer(row);
    }
    return TruthTable.digits(topology.leds(), answers);
  }
}
