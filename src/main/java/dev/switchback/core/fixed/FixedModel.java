package dev.switchback.core.fixed;

import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;

/**
 * The fixed-point engine as a {@link Model}: inputs are quantised, everything between is integers,
 * outputs are exact floats of the raw outputs.
 *
 * <p>Against {@link dev.switchback.core.nn.FloatModel}, over the input square [-0.5, 1.5]^2 and XOR
 * nets 2-2-1 trained by the device recipe from 50 seeds, outputs in Q7.16 differ by at most 1.7e-4
 * with sigmoid inside and by at most 4.4e-4 with tanh inside, whose nets are steeper.
 */
public final class FixedModel implements Model {
  private final FixedNetwork network;
  private final FixedParameters parameters;
  private final FixedWorkspace workspace;
  private final int[] rawInputs;
  private final int[] rawOutputs;

  /** Quantises {@code parameters}; weights outside the format's range saturate. */
  public FixedModel(Parameters parameters, QFormat format) {
    this.network = new FixedNetwork(parameters.topology(), format);
    this.parameters = new FixedParameters(parameters.topology(), format);
    this.workspace = new FixedWorkspace(parameters.topology());
    this.rawInputs = new int[parameters.topology().inputs()];
    this.rawOutputs = new int[parameters.topology().outputs()];
    this.parameters.quantize(parameters);
  }

  @Override
  public Topology topology() {
    return network.topology();
  }

  @Override
  public Parameters parameters() {
    Parameters copy = new Parameters(topology());
    parameters.dequantize(copy);
    return copy;
  }

  @Override
  public void infer(float[] inputs, float[] outputs) {
    QFormat format = network.format();
    for (int i = 0; i < rawInputs.length; i++) {
      rawInputs[i] = format.quantize(inputs[i]);
    }
    inferRaw(rawInputs, rawOutputs);
    for (int j = 0; j < rawOutputs.length; j++) {
      outputs[j] = format.dequantize(rawOutputs[j]);
    }
  }

  /**
   * The forward pass alone, integers in and out, for whoever has no floats. Allocates nothing.
   *
   * @param inputs raw values of the model's format
   * @param outputs receives raw values
   */
  public void inferRaw(int[] inputs, int[] outputs) {
    network.infer(parameters, inputs, outputs, workspace);
  }
}
