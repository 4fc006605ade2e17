package dev.switchback.core.nn;

/** The float engine as a {@link Model}. */
public final class FloatModel implements Model {
  private final Layer first;
  private final Parameters parameters;
  private final Workspace workspace;

  /** Copies {@code parameters}. */
  public FloatModel(Parameters parameters) {
    this.first = DenseLayer.chain(parameters.topology());
    this.parameters = parameters.copy();
    this.workspace = new Workspace(parameters.topology());
  }

  @Override
  public Topology topology() {
    return parameters.topology();
  }

  @Override
  public void infer(float[] inputs, float[] outputs) {
    first.infer(parameters.blocks(), inputs, outputs, workspace);
  }
}
