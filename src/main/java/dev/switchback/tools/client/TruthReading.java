package dev.switchback.tools.client;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.wire.smp.ImageHash;
import java.util.List;

/**
 * What a device answers in every switch position.
 *
 * @param expected what it is configured for
 * @param outputs one per row, as the network gives them before they are rounded
 * @param engine the arithmetic that answered
 * @param hash of the image that answered; empty if it is in no slot
 */
public record TruthReading(
    TruthTable expected, TruthTable answers, List<Double> outputs, String engine, ImageHash hash) {
  public TruthReading {
    outputs = List.copyOf(outputs);
  }

  /** Whether it answers what it is configured for. */
  public boolean isRight() {
    return answers.equals(expected);
  }
}
