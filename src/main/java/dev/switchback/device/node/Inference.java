package dev.switchback.device.node;

import dev.switchback.core.PositionText;
import dev.switchback.core.nn.Topology;

/** What a network makes of inputs. */
public final class Inference {
  private final Topology topology;
  private final float[] outputs;

  Inference(Topology topology, float[] outputs) {
    this.topology = topology;
    this.outputs = outputs;
  }

  /** Returns one number per output, which the caller must not modify. */
  public float[] outputs() {
    return outputs;
  }

  /** Returns the answer; see {@link Topology#answer}. */
  public int answer() {
    return topology.answer(outputs);
  }

  /** Returns the answer and the outputs behind it, such as {@code 1 (output 0.9535)}. */
  public String text() {
    float[] displayed = new float[topology.leds()];
    for (int led = 0; led < displayed.length; led++) {
      displayed[led] = outputs[topology.displayed(led)];
    }
    return PositionText.answer(answer(), displayed.length)
        + " (output "
        + PositionText.outputs(displayed)
        + ")";
  }
}
