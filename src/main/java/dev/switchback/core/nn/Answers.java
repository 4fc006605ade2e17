package dev.switchback.core.nn;

/** What a model answers in every switch position, asked once. Immutable. */
public final class Answers {
  private final Topology topology;
  private final float[][] outputs;

  private Answers(Topology topology, float[][] outputs) {
    this.topology = topology;
    this.outputs = outputs;
  }

  /**
   * Asks the model, row by row.
   *
   * @throws IllegalArgumentException if it has more inputs than there can be switches
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

  /** All outputs of a row, raw; not to be changed. */
  public float[] outputs(int row) {
    return outputs[row];
  }

  /** The output of a row that people look at; see {@link Model#shownOutput}. */
  public float shown(int row) {
    return Model.shownOutput(outputs[row]);
  }

  /** The class that the outputs of a row stand for; see {@link Model#answer}. */
  public int answer(int row) {
    return Model.answer(outputs[row]);
  }

  /** Whether the outputs of a row are numbers, so that they stand for a class. */
  public boolean isFinite(int row) {
    return Model.isFinite(outputs[row]);
  }

  /** The answers one after another: of one or two outputs the digits of a truth table. */
  @Override
  public String toString() {
    StringBuilder digits = new StringBuilder();
    for (int row = 0; row < outputs.length; row++) {
      digits.append(answer(row));
    }
    return digits.toString();
  }
}
