package dev.switchback.tools.client;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.wire.smp.ImageHash;
import java.util.List;

/**
 * The answers of a device in every switch position.
 *
 * @param expected the configured truth table
 * @param outputs one per row and LED, before rounding
 * @param engine the arithmetic that answered
 * @param hash of the image that answered; empty if it is not in a slot
 */
public record TruthReading(
    TruthTable expected, TruthTable answers, List<Double> outputs, String engine, ImageHash hash) {
  public TruthReading {
    outputs = List.copyOf(outputs);
    if (outputs.size() != answers.rows() * answers.leds()) {
      throw new IllegalArgumentException(
          outputs.size() + " outputs for " + answers.rows() * answers.leds() + " answers");
    }
  }

  /** Whether the device answers the configured truth table. */
  public boolean isRight() {
    return answers.equals(expected);
  }
}
