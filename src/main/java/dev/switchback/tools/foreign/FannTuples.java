package dev.switchback.tools.foreign;

import dev.switchback.format.FormatException;
import java.util.regex.Pattern;

/** Reads a sequence of tuples: {@code (0, 3, 5.0e-01) (0, 3, 5.0e-01) ...}. */
final class FannTuples {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9]{1,40}(\\.[0-9]{1,40})?(e[-+]?[0-9]{1,3})?");

  /** Longest tuple accepted; libfann writes none that is longer. */
  private static final int MAX_CHARACTERS = 200;

  private final FannText.Field field;
  private final String text;
  private int at;
  private int read;

  FannTuples(FannText.Field field) {
    this.field = field;
    this.text = field.value();
  }

  /**
   * Checks the number of tuples before the caller allocates memory for them.
   *
   * @throws FormatException if it differs
   */
  void requireCount(long expected) throws FormatException {
    long found = text.chars().filter(c -> c == '(').count();
    if (found != expected) {
      throw field.refusal(found + " entries, " + expected + " expected");
    }
  }

  /** Returns the next tuple, which must have {@code numbers} finite numbers. */
  double[] next(int numbers) throws FormatException {
    read++;
    int open = at;
    while (open < text.length() && text.charAt(open) == ' ') {
      open++;
    }
    int close = Math.min(text.length(), open + MAX_CHARACTERS);
    String tuple = text.substring(open, close);
    int end = tuple.indexOf(')');
    if (!tuple.startsWith("(") || end < 0) {
      throw refusal("'" + FannText.shortened(tuple) + "', numbers in brackets expected");
    }
    at = open + end + 1;
    return parsed(tuple.substring(1, end), numbers);
  }

  private double[] parsed(String inside, int numbers) throws FormatException {
    String[] words = inside.split(",", -1);
    double[] values = new double[numbers];
    boolean fits = words.length == numbers;
    for (int k = 0; fits && k < numbers; k++) {
      String word = words[k].strip();
      fits = NUMBER.matcher(word).matches();
      values[k] = fits ? Double.parseDouble(word) : 0.0;
      fits &= Double.isFinite(values[k]);
    }
    if (!fits) {
      throw refusal("(" + inside + "), " + numbers + " finite numbers expected");
    }
    return values;
  }

  /** Checks that only spaces remain. */
  void requireEnd() throws FormatException {
    if (!text.substring(at).isBlank()) {
      throw refusal("'" + FannText.shortened(text.substring(at)) + "', the end expected");
    }
  }

  /** Returns an error in the last tuple read. */
  FormatException refusal(String message) {
    return field.refusal("entry " + read + ": " + message);
  }
}
