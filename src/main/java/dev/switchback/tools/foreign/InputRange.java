package dev.switchback.tools.foreign;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The inputs that a network will see.
 *
 * @param low least input
 * @param high largest input
 */
public record InputRange(double low, double high) {
  /** The inputs of switches. */
  public static final InputRange OF_SWITCHES = new InputRange(0, 1);

  private static final Pattern TEXT = Pattern.compile("([^,]+),([^,]+)");

  /**
   * Parses two numbers joined by a comma, such as {@code 0,1000}.
   *
   * @throws IllegalArgumentException if they are not two finite numbers in ascending order
   */
  public static InputRange parse(String text) {
    Matcher numbers = TEXT.matcher(text);
    try {
      if (numbers.matches()) {
        double low = Double.parseDouble(numbers.group(1));
        double high = Double.parseDouble(numbers.group(2));
        if (Double.isFinite(low) && Double.isFinite(high) && low <= high) {
          return new InputRange(low, high);
        }
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    throw new IllegalArgumentException(
        "the least and the largest input joined by a comma expected, such as 0,1000");
  }

  /** Returns the largest distance of an input from 0. */
  double reach() {
    return Math.max(Math.abs(low), Math.abs(high));
  }

  @Override
  public String toString() {
    return "from " + CModel.shown(low) + " to " + CModel.shown(high);
  }
}
