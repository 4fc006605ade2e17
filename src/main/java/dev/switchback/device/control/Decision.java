package dev.switchback.device.control;

import dev.switchback.core.PositionText;
import dev.switchback.core.nn.TruthTable;

/**
 * The last decision of the loop, for any thread. Published after the LED is driven.
 *
 * @param valid whether a model answered; if not, the LED is off and {@code output} is 0
 * @param generation of the model that answered, see {@link ModelSlot#publish}; 0 before the first
 * @param row the debounced switch levels in binary, switch A the most significant digit: the row of
 *     a {@code TruthTable}
 * @param lit whether the LED is active
 * @param output the number behind the answer, see {@code Model.displayedOutput}
 */
public record Decision(boolean valid, int generation, int row, boolean lit, float output) {
  /** Returns one line for people. */
  public String text(int switches) {
    return PositionText.of(TruthTable.levels(row, switches), lit, valid ? output : null);
  }

  // | 63 .. 42 generation | 41 valid | 40 lit | 39 .. 32 row | 31 .. 0 output |
  private static final int ROW_SHIFT = 32;
  private static final int ROW_MASK = 0xFF;
  private static final long LIT = 1L << 40;
  private static final long VALID = 1L << 41;
  private static final int GENERATION_SHIFT = 42;

  static long answered(int generation, int row, boolean lit, float output) {
    return undecided(generation, row)
        | VALID
        | (lit ? LIT : 0)
        | (Float.floatToRawIntBits(output) & 0xFFFF_FFFFL);
  }

  static long undecided(int generation, int row) {
    return ((long) generation << GENERATION_SHIFT) | ((long) (row & ROW_MASK) << ROW_SHIFT);
  }

  static Decision unpack(long packed) {
    return new Decision(
        (packed & VALID) != 0,
        (int) (packed >>> GENERATION_SHIFT),
        (int) (packed >>> ROW_SHIFT) & ROW_MASK,
        (packed & LIT) != 0,
        Float.intBitsToFloat((int) packed));
  }
}
