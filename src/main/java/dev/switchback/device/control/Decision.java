package dev.switchback.device.control;

import dev.switchback.core.PositionText;
import dev.switchback.core.nn.TruthTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the loop decided in a tick, after it drove the LEDs. Immutable; any thread. */
public final class Decision {
  private final int generation;
  private final int row;
  private final int answer;
  private final float[] outputs;

  /**
   * @param generation of the model that answered, see {@link ModelSlot#publish}; 0 before the first
   * @param row the debounced switch levels in binary, switch A the most significant digit: the row
   *     of a {@code TruthTable}
   * @param answer one binary digit per LED, the first as the most significant; 0 if no model
   *     answered
   * @param outputs the number behind each LED's answer; none if no model answered
   */
  public Decision(int generation, int row, int answer, float... outputs) {
    this.generation = generation;
    this.row = row;
    this.answer = answer;
    this.outputs = outputs.clone();
  }

  /** Whether a model answered; if not, the LEDs are off. */
  public boolean valid() {
    return outputs.length > 0;
  }

  public int generation() {
    return generation;
  }

  public int row() {
    return row;
  }

  public int answer() {
    return answer;
  }

  /** Returns a copy of the number behind each LED's answer; none if no model answered. */
  public float[] outputs() {
    return outputs.clone();
  }

  /**
   * Returns one line for people.
   *
   * @param truth a table for as many switches and LEDs
   */
  public String text(TruthTable truth) {
    String levels = TruthTable.levels(row, truth.inputs());
    return PositionText.of(levels, PositionText.answer(answer, truth.leds()), outputs);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Decision that
        && generation == that.generation
        && row == that.row
        && answer == that.answer
        && Arrays.equals(outputs, that.outputs);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * (31 * generation + row) + answer) + Arrays.hashCode(outputs);
  }

  @Override
  public String toString() {
    return "generation "
        + generation
        + ", row "
        + row
        + ", answer "
        + answer
        + ", outputs "
        + Arrays.toString(outputs);
  }
}
