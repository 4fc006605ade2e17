package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of a FANN file: the version, then {@code key=value} lines.
 *
 * @param isFixed whether it is of the fixed library, whose numbers are integers
 */
record FannText(boolean isFixed, Map<String, Field> fields) {
  /** First lines that libfann 2.0 to 2.2 writes, without and with scaling. */
  private static final List<String> VERSIONS = List.of("FANN_FLO_2.1", "FANN_FLO_2.0");

  private static final List<String> FIXED_VERSIONS = List.of("FANN_FIX_2.0", "FANN_FIX_2.1");

  /** libfann writes 36 lines, or 44 with scaling. */
  private static final int MAX_LINES = 100;

  /** The input layer, {@code MAX_LAYERS} layers, and one more to detect an excess. */
  private static final int MAX_INTEGERS = Topology.MAX_LAYERS + 2;

  /**
   * One line.
   *
   * @param number line number, from 1
   * @param name the key up to its first space
   */
  record Field(int number, String name, String value) {

    FormatException refusal(String message) {
      return new FormatException("line " + number + ", " + name + ": " + message);
    }

    /** Parses at most {@link #MAX_INTEGERS} whole numbers of up to nine digits. */
    List<Integer> integers() throws FormatException {
      List<Integer> integers = new ArrayList<>();
      String[] words = value.strip().split(" +", MAX_INTEGERS + 1);
      if (words.length > MAX_INTEGERS) {
        throw refusal("more than " + MAX_INTEGERS + " numbers");
      }
      for (String word : words) {
        if (!word.matches("[0-9]{1,9}")) {
          throw refusal("'" + shortened(word) + "', a whole number expected");
        }
        integers.add(Integer.parseInt(word));
      }
      return integers;
    }
  }

  /**
   * Splits a file into fields.
   *
   * @throws FormatException if the format is another one, or naming a line that is not a field
   */
  static FannText of(byte[] file) throws FormatException {
    String[] lines = new String(file, StandardCharsets.ISO_8859_1).split("\n", MAX_LINES + 1);
    if (lines.length > MAX_LINES) {
      throw new FormatException("more than " + MAX_LINES + " lines");
    }
    String version = lines[0].stripTrailing();
    if (!VERSIONS.contains(version) && !FIXED_VERSIONS.contains(version)) {
      throw new FormatException(
          "line 1: '%s', FANN_FLO_2.1 expected; fann_create_from_file of libfann 2 reads what is"
                  .formatted(shortened(version))
              + " older, and fann_save writes 2.1");
    }
    Map<String, Field> fields = new HashMap<>();
    for (int k = 1; k < lines.length; k++) {
      if (!lines[k].isBlank()) {
        Field field = field(k + 1, lines[k]);
        if (fields.put(field.name, field) != null) {
          throw field.refusal("there twice");
        }
      }
    }
    return new FannText(FIXED_VERSIONS.contains(version), fields);
  }

  private static Field field(int number, String line) throws FormatException {
    int equals = line.indexOf('=');
    if (equals < 1) {
      throw new FormatException(
          "line " + number + ": '" + shortened(line) + "', key=value expected");
    }
    String key = line.substring(0, equals);
    int space = key.indexOf(' ');
    return new Field(number, space < 0 ? key : key.substring(0, space), line.substring(equals + 1));
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** Returns the line with this name. */
  Field field(String name) throws FormatException {
    Field field = fields.get(name);
    if (field == null) {
      throw new FormatException("field " + name + " is missing");
    }
    return field;
  }

  /** Shortens untrusted text for a message, and makes it printable. */
  static String shortened(String text) {
    String start = text.length() > 40 ? text.substring(0, 40) + "..." : text;
    return start.replaceAll("[^ -~]", "?");
  }
}
