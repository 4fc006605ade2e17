package dev.switchback.nn;

/**
 * A Boolean function of 1 to 8 switches. Immutable.
 *
 * <p>Row {@code r} holds the answer when the switches spell {@code r} in binary with switch A as
 * the most significant digit, so two switches count AB = 00, 01, 10, 11 and XOR is {@code 0110}.
 */
public final class TruthTable {
  public static final TruthTable XOR = parse("0110");

  /** Largest number of switches. */
  public static final int MAX_INPUTS = 8;

  private final String digits;
  private final int inputs;

  private TruthTable(String digits) {
    this.digits = digits;
    this.inputs = Integer.numberOfTrailingZeros(digits.length());
  }

  /**
   * Reads one digit per row: 2, 4, 8, ... 256 digits of 0 or 1.
   *
   * @throws IllegalArgumentException naming the length or the digit that does not fit
   */
  public static TruthTable parse(String digits) {
    int rows = digits.length();
    if (rows < 2 || rows > 1 << MAX_INPUTS || Integer.bitCount(rows) != 1) {
      throw new IllegalArgumentException(
          "a truth table has 2, 4, 8, ... or 256 digits (one per row), not " + rows);
    }
    for (int r = 0; r < rows; r++) {
      char digit = digits.charAt(r);
      if (digit != '0' && digit != '1') {
        throw new IllegalArgumentException(
            "truth table digit " + (r + 1) + " is '" + digit + "', not 0 or 1");
      }
    }
    return new TruthTable(digits);
  }

  public int inputs() {
    return inputs;
  }

  public int rows() {
    return digits.length();
  }

  /** The answer of a row: 0 or 1. */
  public int answer(int row) {
    return digits.charAt(row) - '0';
  }

  /** Level of one switch in a row: 0 or 1; input 0 is switch A. */
  public int input(int row, int input) {
    return (row >> (inputs - 1 - input)) & 1;
  }

  /** Fills {@code target[0..inputs())} with the switch levels of a row. */
  public void fillInputs(int row, float[] target) {
    for (int i = 0; i < inputs; i++) {
      target[i] = input(row, i);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TruthTable that && digits.equals(that.digits);
  }

  @Override
  public int hashCode() {
    return digits.hashCode();
  }

  /** The digits, row 0 first. */
  @Override
  public String toString() {
    return digits;
  }
}
