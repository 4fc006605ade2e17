package dev.switchback.tools.cli.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.switchback.PrintableText;
import dev.switchback.format.FormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a text file: numbers separated by commas, semicolons or white space. A first line without
 * a number is a heading; empty lines and those that begin with {@code #} are skipped.
 */
final class CsvRows implements SampleRows {
  /** Room for a row of the widest network. */
  private static final int MAX_LINE = 4096 * 32;

  private static final int MAX_SHOWN = 40;
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";
  private static final Pattern SEPARATOR = Pattern.compile("\\s*[,;]\\s*|\\s+");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]{1,4})?");

  private final Path file;
  private final BufferedReader in;
  private final int columns;
  private String @Nullable [] first;
  private int line;

  /** Reads up to the first row. */
  CsvRows(Path file) throws IOException {
    this.file = file;
    this.in = Files.newBufferedReader(file, ISO_8859_1);
    String[] words = nextWords();
    if (words != null && Arrays.stream(words).noneMatch(CsvRows::isNumber)) {
      words = nextWords();
    }
    this.first = words;
    this.columns = words == null ? 0 : words.length;
  }

  private static boolean isNumber(String word) {
    return NUMBER.matcher(word).matches();
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public boolean next(float[] row) throws IOException {
    String[] words = first == null ? nextWords() : first;
    first = null;
    if (words == null) {
      return false;
    }
    if (words.length != columns) {
      throw refusal("found " + words.length + " numbers, expected " + columns + " as above");
    }
    for (int k = 0; k < columns; k++) {
      row[k] = number(words[k], k + 1);
    }
    return true;
  }

  private float number(String word, int column) throws FormatException {
    float number = isNumber(word) ? Float.parseFloat(word) : Float.NaN;
    if (!Float.isFinite(number)) {
      throw refusal(
          "column " + column + ": '" + PrintableText.of(word, MAX_SHOWN) + "' is no finite number");
    }
    return number;
  }

  /** Returns the words of the next line that is not empty; null at the end. */
  private String @Nullable [] nextWords() throws IOException {
    for (String text = nextLine(); text != null; text = nextLine()) {
      if (!text.isEmpty() && text.charAt(0) != '#') {
        return SEPARATOR.split(text, -1);
      }
    }
    return null;
  }

  /** Returns the next line without white space around it; null at the end. */
  private @Nullable String nextLine() throws IOException {
    int c = in.read();
    if (c < 0) {
      return null;
    }
    line++;
    StringBuilder text = new StringBuilder();
    for (; c >= 0 && c != '\n'; c = in.read()) {
      if (text.length() == MAX_LINE) {
        throw refusal("more than " + MAX_LINE + " characters");
      }
      text.append((char) c);
    }
    String whole = text.toString();
    boolean isMarked = line == 1 && whole.startsWith(BYTE_ORDER_MARK);
    return (isMarked ? whole.substring(BYTE_ORDER_MARK.length()) : whole).strip();
  }

  private FormatException refusal(String message) {
    return new FormatException(file + ": line " + line + ": " + message);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
