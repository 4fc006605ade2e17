package dev.switchback.device.node;

import dev.switchback.core.PositionText;
import dev.switchback.core.nn.Topology;
import java.util.Locale;

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
    StringBuilder numbers = new StringBuilder();
    for (int led = 0; led < topology.leds(); led++) {
      float output = outputs[topology.displayed(led)];
      numbers.append(led == 0 ? "" : ",").append(String.format(Locale.ROOT, "%.4f", output));
    }
    return PositionText.answer(answer(), topology.leds()) + " (output " + numbers + ")";
  }
}
