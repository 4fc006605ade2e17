package dev.switchback.core.nn;

import java.util.Arrays;

/**
 * Boolean functions of 1 to 8 switches, one for each of 1 to 8 LEDs. Immutable.
 *
 * <p>Row {@code r} holds the answer when the switches form {@code r} in binary, switch A as the
 * most significant digit. With two switches the rows are AB = 00, 01, 10, 11, and XOR is {@code
 * 0110}. The tables of several LEDs are joined by commas: {@code 0110,0001} is a half adder.
 */
public final class TruthTable {
  public static final TruthTable XOR = parse("0110");

  /** Largest number of switches. */
  public static final int MAX_INPUTS = 8;

  /** Largest number of LEDs. */
  public static final int MAX_LEDS = 8;

  private final String[] tables;
  private final int inputs;

  private TruthTable(String[] tables) {
    this.tables = tables;
    this.inputs = Integer.numberOfTrailingZeros(tables[0].length());
  }

  /**
   * Parses one digit per row: 2, 4, 8, ... 256 digits of 0 or 1, for each LED.
   *
   * @throws IllegalArgumentException naming the invalid length or digit
   */
  public static TruthTable parse(String digits) {
    String[] tables = digits.split(",", -1);
    if (tables.length > MAX_LEDS) {
      throw new IllegalArgumentException(
          "a truth table is for 1 to " + MAX_LEDS + " LEDs, not " + tables.length);
    }
    for (String table : tables) {
      requireDigits(table);
      if (table.length() != tables[0].length()) {
        throw new IllegalArgumentException(
            "the tables of all LEDs have as many digits as the first: "
                + tables[0].length()
                + ", not "
                + table.length());
      }
    }
    return new TruthTable(tables);
  }

  private static void requireDigits(String table) {
    int rows = table.length();
    if (rows < 2 || rows > 1 << MAX_INPUTS || Integer.bitCount(rows) != 1) {
      throw new IllegalArgumentException(
          "a truth table has 2, 4, 8, ... or 256 digits (one per row), not " + rows);
    }
    for (int r = 0; r < rows; r++) {
      char digit = table.charAt(r);
      if (digit != '0' && digit != '1') {
        throw new IllegalArgumentException(
            "truth table digit " + (r + 1) + " is '" + digit + "', not 0 or 1");
      }
    }
  }

  /** Returns the digits of a table from the answer in each row. */
  static String digits(int leds, int[] answers) {
    StringBuilder digits = new StringBuilder();
    for (int led = 0; led < leds; led++) {
      if (led > 0) {
        digits.append(',');
      }
      for (int answer : answers) {
        digits.append(level(answer, led, leds));
      }
    }
    return digits.toString();
  }

  /** Returns whether a network can compute a truth table: 1 to 8 inputs and 1 to 8 LEDs. */
  public static boolean fits(Topology topology) {
    return topology.inputs() <= MAX_INPUTS && topology.leds() >= 1 && topology.leds() <= MAX_LEDS;
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
    return parse(Answers.of(model).toString());
  }

  /**
   * Returns whether a model computes this table, with finite outputs.
   *
   * @throws IllegalArgumentException if its topology is for other switches or LEDs
   */
  public boolean isAnsweredBy(Model model) {
    return firstWrongRow(Answers.of(model)) < 0;
  }

  /**
   * Returns the first row whose answer differs from this table or is not finite; -1 if there is
   * none.
   *
   * @throws IllegalArgumentException if the topology is for other switches or LEDs
   */
  public int firstWrongRow(Answers answers) {
    requireFit(answers.topology());
    for (int row = 0; row < rows(); row++) {
      if (!answers.isFinite(row) || answers.answer(row) != answer(row)) {
        return row;
      }
    }
    return -1;
  }

  /** Returns whether a topology is for as many switches and LEDs. */
  public boolean isFor(Topology topology) {
    return topology.inputs() == inputs && topology.leds() == leds();
  }

  void requireFit(Topology topology) {
    if (!isFor(topology)) {
      throw new IllegalArgumentException(
          "topology "
              + topology
              + " has inputs "
              + topology.inputs()
              + ", LEDs "
              + topology.leds()
              + "; the truth table has inputs "
              + inputs
              + ", LEDs "
              + leds());
    }
  }

  public int inputs() {
    return inputs;
  }

  public int rows() {
    return 1 << inputs;
  }

  public int leds() {
    return tables.length;
  }

  /** Returns the answer in a row: a digit per LED, the first as the most significant. */
  public int answer(int row) {
    int answer = 0;
    for (int led = 0; led < tables.length; led++) {
      answer = 2 * answer + answer(row, led);
    }
    return answer;
  }

  /** Returns the answer of one LED in a row: 0 or 1. */
  public int answer(int row, int led) {
    return tables[led].charAt(row) - '0';
  }

  /**
   * Returns the tables with another answer in one row.
   *
   * @param answer see {@link #answer(int)}
   */
  public TruthTable withAnswer(int row, int answer) {
    String[] changed = new String[tables.length];
    for (int led = 0; led < changed.length; led++) {
      String table = tables[led];
      changed[led] =
          table.substring(0, row) + level(answer, led, changed.length) + table.substring(row + 1);
    }
    return new TruthTable(changed);
  }

  /** Returns the table of one LED. */
  public TruthTable ofLed(int led) {
    return new TruthTable(new String[] {tables[led]});
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
    int[] corners = new int[4];
    for (int corner = 0; corner < corners.length; corner++) {
      corners[corner] = answer((corner << (inputs - 2)) + others);
    }
    return parse(digits(leds(), corners));
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
    return other instanceof TruthTable that && Arrays.equals(tables, that.tables);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tables);
  }

  /** Returns the digits, row 0 first. */
  @Override
  public String toString() {
    return String.join(",", tables);
  }
}
