package dev.switchback.tools.foreign;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a C header is written.
 *
 * @param prefix begins every name in it; null for {@code switchback}, with {@code predict}
 * @param tableSteps steps of a whole table of an activation function: a power of two from {@value
 *     #MIN_TABLE_STEPS} to {@value CTable#ENGINE_STEPS}
 */
public record CStyle(@Nullable String prefix, int tableSteps) {
  /** The names and the tables that a header has without options. */
  public static final CStyle DEFAULT = new CStyle(null, CTable.ENGINE_STEPS);

  static final int MIN_TABLE_STEPS = 16;

  /** With the longest suffix, names stay within the 63 characters that C compares. */
  private static final int MAX_PREFIX = 40;

  /** C and C++ reserve an underscore at the end and two in a row. */
  private static final Pattern PREFIX = Pattern.compile("[a-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*");

  /** With an underscore behind them, headers of C99, C11 or AVR own these in upper case. */
  private static final List<String> OWNED =
      List.of("atomic", "fe", "fp", "lc", "math", "pgm", "sig", "time");

  /** Beginnings that the headers own with digits behind them: {@code INT32_MAX}. */
  private static final Pattern OWNED_NUMBERS =
      Pattern.compile("(u?int(_?(fast|least))?[0-9]*|u?int(max|ptr)|size|ptrdiff|wchar|wint)");

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the invalid one
   */
  public CStyle {
    if (prefix != null) {
      requirePrefix(prefix);
    }
    if (tableSteps < MIN_TABLE_STEPS
        || tableSteps > CTable.ENGINE_STEPS
        || Integer.bitCount(tableSteps) != 1) {
      throw new IllegalArgumentException(
          "a table has 16, 32, 64 and so on up to 2048 steps, not " + tableSteps);
    }
  }

  /**
   * Returns the same with another prefix.
   *
   * @throws IllegalArgumentException if C does not take it
   */
  public CStyle withPrefix(@Nullable String other) {
    return new CStyle(other, tableSteps);
  }

  /**
   * Returns the same with tables of another size.
   *
   * @throws IllegalArgumentException if there is no table of this size
   */
  public CStyle withTableSteps(int other) {
    return new CStyle(prefix, other);
  }

  private static void requirePrefix(String prefix) {
    if (prefix.length() > MAX_PREFIX || !PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "a prefix is a name in C of at most "
              + MAX_PREFIX
              + " characters that begins with a small letter, such as xor or door_2");
    }
    String lower = prefix.toLowerCase(Locale.ROOT);
    if (OWNED.contains(lower) || OWNED_NUMBERS.matcher(lower).matches()) {
      throw new IllegalArgumentException(
          "names that begin with " + prefix + "_ belong to C's own headers; choose another prefix");
    }
  }

  /** Gives text, written for the prefix {@code switchback}, the names of this style. */
  String named(String text) {
    return prefix == null
        ? text.replace("switchback_predict", "predict")
        : text.replace("switchback_", prefix + "_")
            .replace("SWITCHBACK_", prefix.toUpperCase(Locale.ROOT) + "_");
  }
}
