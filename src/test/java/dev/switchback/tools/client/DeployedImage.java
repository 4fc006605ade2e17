package dev.switchback.tools.client;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.WeightImage;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Images of any size that answer what is wanted: two neurons do, OR and AND, the others are mute.
 */
public final class DeployedImage {
  static final WeightImage OLD = xor(2, 1);
  static final WeightImage NEW = xor(2, 2);

  /** Several packets long. */
  static final WeightImage WIDE = xor(2000, 3);

  /** Answers 0111. */
  static final WeightImage WRONG = of(2, 4, 20, 0);

  private DeployedImage() {}

  public static WeightImage xor(int hidden, int major) {
    return of(hidden, major, 20, -20);
  }

  private static WeightImage of(int hidden, int major, float or, float and) {
    Topology topology =
        new Topology(new int[] {2, hidden, 1}, Activation.SIGMOID, Activation.SIGMOID);
    Parameters parameters = new Parameters(topology);
    SplittableRandom random = new SplittableRandom(major);
    for (int neuron = 0; neuron < hidden; neuron++) {
      for (int row = 0; row <= 2; row++) {
        parameters.set(0, row, neuron, (float) random.nextDouble(-1, 1));
      }
    }
    neuron(parameters, 0, -10, or);
    neuron(parameters, 1, -30, and);
    parameters.set(1, hidden, 0, -10);
    return WeightImage.of(
        new ImageVersion(major, 0, 0, 1), parameters, Engine.FLOAT, Map.of("truth", "0110"));
  }

  private static void neuron(Parameters parameters, int neuron, float bias, float output) {
    parameters.set(0, 0, neuron, 20);
    parameters.set(0, 1, neuron, 20);
    parameters.set(0, 2, neuron, bias);
    parameters.set(1, neuron, 0, output);
  }
}
