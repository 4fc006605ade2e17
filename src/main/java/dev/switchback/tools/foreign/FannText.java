package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lines of a FANN file: its version, then {@code key=value} each. */
record FannText(Map<String, Field> fields) {
  /** What libfann 2 writes for networks of floats and doubles. */
  static final String VERSION = "FANN_FLO_2.1";

  /** libfann writes 36, or 44 with scaling. */
  private static final int MAX_LINES = 100;

  /** An input layer, then as many as we read, and one too many to say so. */
  private static final int MAX_INTEGERS = Topology.MAX_LAYERS + 2;

  /**
   * One line.
   *
   * @param number of the line, from 1
   * @param name the key up to its first space
   */
  record Field(int number, String name, String value) {

    FormatException refusal(String message) {
      return new FormatException("line " + number + ", " + name + ": " + message);
    }

    /** Whole numbers of up to nine digits, each followed by a space or the end, but not endless. */
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
   * Splits a file.
   *
   * @throws FormatException if it is another format, or naming a line that is no field
   */
  static FannText of(byte[] file) throws FormatException {
    String[] lines = new String(file, StandardCharsets.ISO_8859_1).split("\n", MAX_LINES + 1);
    if (lines.length > MAX_LINES) {
      throw new FormatException("more than " + MAX_LINES + " lines");
    }
    if (!lines[0].stripTrailing().equals(VERSION)) {
      throw new FormatException(
          "line 1: '" + shortened(lines[0].stripTrailing()) + "', " + VERSION + " expected");
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
    return new FannText(fields);
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

  /** The line of this name. */
  Field field(String name) throws FormatException {
    Field field = fields.get(name);
    if (field == null) {
      throw new FormatException("field " + name + " is missing");
    }
    return field;
  }

  /** The beginning of a text that may be long and of any characters, for a message. */
  static String shortened(String text) {
    String start = text.length() > 40 ? text.substring(0, 40) + "..." : text;
    return start.replaceAll("[^ -~]", "?");
  }
}
