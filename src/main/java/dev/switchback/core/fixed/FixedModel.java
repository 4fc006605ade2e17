package dev.switchback.core.fixed;

import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;

/**
 * The fixed-point engine as a {@link Model}. It quantises the inputs, computes in integers, and
 * converts the raw outputs to float.
 *
 * <p>Outputs differ from {@link dev.switchback.core.nn.FloatModel} by at most 1.7e-4 with sigmoid
 * hidden neurons, and by at most 4.4e-4 with tanh, whose networks are steeper: measured over the
 * input square [-0.5, 1.5]^2 on 2-2-1 XOR networks trained by the device recipe from 50 seeds.
 */
public final class FixedModel implements Model {
  private final Topology topology;
  private final FixedLayer first;
  private final FixedParameters parameters;
  private final FixedWorkspace workspace;
  private final int[] rawInputs;
  private final int[] rawOutputs;

  /** Quantises {@code parameters}; weights outside the format's range saturate. */
  public FixedModel(Parameters parameters) {
    this.topology = parameters.topology();
    this.first = FixedDenseLayer.chain(topology);
    this.parameters = new FixedParameters(topology);
    this.workspace = new FixedWorkspace(topology);
    this.rawInputs = new int[topology.inputs()];
    this.rawOutputs = new int[topology.outputs()];
    this.parameters.quantize(parameters);
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public void infer(float[] inputs, float[] outputs) {
    QFormat.quantizeValues(inputs, rawInputs);
    inferRaw(rawInputs, rawOutputs);
    QFormat.dequantize(rawOutputs, outputs);
  }

  /**
   * Runs the forward pass on integers, for callers without floats. Allocates nothing.
   *
   * @param inputs raw values, see {@link QFormat}
   * @param outputs receives raw values
   */
  public void inferRaw(int[] inputs, int[] outputs) {
    first.infer(parameters.blocks(), inputs, outputs, workspace);
  }

  /**
   * Returns whether the last {@link #infer} may have cut an input, a sum or an output to the range
   * of {@link QFormat}, so that the result is another one. The sum of a sigmoid or tanh neuron may
   * be cut in silence: its table is flat there.
   */
  public boolean isCut() {
    boolean isCut = QFormat.isCut(rawInputs) || QFormat.isCut(rawOutputs);
    for (int l = 1; l < topology.layers(); l++) {
      isCut |= QFormat.isCut(workspace.activations[l]);
    }
    return isCut;
  }
}
