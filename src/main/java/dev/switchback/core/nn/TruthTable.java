package dev.switchback.core.nn;

/**
 * A Boolean function of 1 to 8 switches. Immutable.
 *
 * <p>Row {@code r} holds the answer when the switches form {@code r} in binary, switch A as the
 * most significant digit. With two switches the rows are AB = 00, 01, 10, 11, and XOR is {@code
 * 0110}.
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
   * Parses one digit per row: 2, 4, 8, ... 256 digits of 0 or 1.
   *
   * @throws IllegalArgumentException naming the invalid length or digit
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

  /** Returns whether a network can compute a truth table: 1 to 8 inputs, and 1 or 2 outputs. */
  public static boolean fits(Topology topology) {
    return topology.inputs() <= MAX_INPUTS && topology.outputs() <= 2;
  }

  /**
   * Returns the truth table that a model computes.
   *
   * @throws IllegalArgumentException if its topology does not {@link #fits fit}
   */
  public static TruthTable answeredBy(Model model) {
    Topology topology = model.topology();
    if (!fits(topology)) {
      throw new IllegalArgumentException("topology " + topology + " answers no truth table");
    }
    return new TruthTable(Answers.of(model).toString());
  }

  /**
   * Returns whether a model computes this table, with finite outputs.
   *
   * @throws IllegalArgumentException if its topology does not {@link #fits fit}
   */
  public boolean isAnsweredBy(Model model) {
    return firstWrongRow(Answers.of(model)) < 0;
  }

  /**
   * Returns the first row whose answer differs from this table or is not finite; -1 if there is
   * none.
   *
   * @throws IllegalArgumentException if the topology does not {@link #fits fit}
   */
  public int firstWrongRow(Answers answers) {
    Topology topology = answers.topology();
    if (topology.inputs() != inputs || !fits(topology)) {
      throw new IllegalArgumentException(
          "topology " + topology + " answers no truth table of " + rows() + " rows");
    }
    for (int row = 0; row < rows(); row++) {
      if (!answers.isFinite(row) || answers.answer(row) != answer(row)) {
        return row;
      }
    }
    return -1;
  }

  public int inputs() {
    return inputs;
  }

  public int rows() {
    return digits.length();
  }

  /** Returns the answer in a row: 0 or 1. */
  public int answer(int row) {
    return digits.charAt(row) - '0';
  }

  /** Returns the level of one switch in a row: 0 or 1; input 0 is switch A. */
  public int input(int row, int input) {
    return level(row, input, inputs);
  }

  /** Returns the level of one of {@code inputs} switches in a row; input 0 is switch A. */
  public static int level(int row, int input, int inputs) {
    return (row >> (inputs - 1 - input)) & 1;
  }

  /** Returns the switch levels of a row as digits, switch A first, such as {@code 01}. */
  public static String levels(int row, int inputs) {
    return Integer.toBinaryString(1 << inputs | row).substring(1);
  }

  /** Returns {@code row} with one switch set to closed or open. */
  public static int withLevel(int row, int input, int inputs, boolean closed) {
    int mask = 1 << (inputs - 1 - input);
    return closed ? row | mask : row & ~mask;
  }

  /**
   * Returns the table of switches A and B with the others fixed; a table of one switch unchanged.
   *
   * @param others levels of the switches from C on, as a row number; 0 means all open
   */
  public TruthTable ofFirstTwo(int others) {
    if (inputs < 2) {
      return this;
    }
    StringBuilder four = new StringBuilder();
    for (int corner = 0; corner < 4; corner++) {
      four.append(digits.charAt((corner << (inputs - 2)) + others));
    }
    return parse(four.toString());
  }

  /** Returns the switch levels of a row as network inputs. */
  public static float[] inputs(int row, int inputs) {
    float[] levels = new float[inputs];
    for (int i = 0; i < inputs; i++) {
      levels[i] = level(row, i, inputs);
    }
    return levels;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TruthTable that && digits.equals(that.digits);
  }

  @Override
  public int hashCode() {
    return digits.hashCode();
  }

  /** Returns the digits, row 0 first. */
  @Override
  public String toString() {
    return digits;
  }
}
