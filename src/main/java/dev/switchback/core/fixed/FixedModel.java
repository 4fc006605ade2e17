package dev.switchback.core.fixed;

import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;

/**
 * The fixed-point engine as a {@link Model}: inputs are quantised, everything between is integers,
 * outputs are exact floats of the raw outputs.
 *
 * <p>Against {@link dev.switchback.core.nn.FloatModel}, over the input square [-0.5, 1.5]^2 and XOR
 * nets 2-2-1 trained by the device recipe from 50 seeds, outputs differ by at most 1.7e-4 with
 * sigmoid inside and by at most 4.4e-4 with tanh inside, whose nets are steeper.
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
    QFormat.quantize(inputs, rawInputs);
    inferRaw(rawInputs, rawOutputs);
    QFormat.dequantize(rawOutputs, outputs);
  }

  /**
   * The forward pass alone, integers in and out, for whoever has no floats. Allocates nothing.
   *
   * @param inputs raw values, see {@link QFormat}
   * @param outputs receives raw values
   */
  public void inferRaw(int[] inputs, int[] outputs) {
    first.infer(parameters.blocks(), inputs, outputs, workspace);
  }
}
