package dev.switchback.tools.foreign;

import dev.switchback.format.FormatException;
import dev.switchback.format.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The header of an npy array: a Python dict literal with exactly these keys, in any order. */
record NpyHeader(ForeignType type, boolean isFortranOrder, Shape shape) {

  /**
   * Parses a header.
   *
   * @param tensor name of the tensor, for messages
   * @param text the header, up to the first value
   * @throws FormatException naming the field or the offset in {@code text}
   */
  static NpyHeader parse(String tensor, String text) throws FormatException {
    return new Parser(tensor, text).header();
  }

  /** Parses only the literals that numpy writes. */
  private static final class Parser {
    private static final int MAX_DIGITS = 18;

    private final String tensor;
    private final String text;
    private int at;
    private final Set<String> keys = new HashSet<>();
    private @Nullable String descr;
    private @Nullable Boolean fortranOrder;
    private @Nullable List<Long> shape;

    Parser(String tensor, String text) {
      this.tensor = tensor;
      this.text = text;
    }

    NpyHeader header() throws FormatException {
      expect('{');
      while (!accept('}')) {
        entry();
        if (!accept(',')) {
          expect('}');
          break;
        }
      }
      requireEnd();
      return new NpyHeader(
          ForeignType.ofNumpy(found("descr", descr)),
          found("fortran_order", fortranOrder),
          Shape.of(tensor, found("shape", shape)));
    }

    private void entry() throws FormatException {
      String key = string();
      expect(':');
      if (!keys.add(key)) {
        throw refusal("key '" + key + "' is there twice");
      }
      switch (key) {
        case "descr" -> descr = type();
        case "fortran_order" -> fortranOrder = truth();
        case "shape" -> shape = tuple();
        default -> throw refusal("key '" + key + "', descr, fortran_order or shape expected");
      }
    }

    private <T> T found(String key, @Nullable T value) throws FormatException {
      if (value == null) {
        throw refusal("key '" + key + "' is missing");
      }
      return value;
    }

    /** Reads the name of a type, or the fields of a structure, which no network has. */
    private String type() throws FormatException {
      skipSpaces();
      return text.startsWith("[", at) ? fields() : string();
    }

    private String fields() throws FormatException {
      int from = at;
      int open = 0;
      do {
        if (at >= text.length()) {
          throw refusal("a list of fields without its end");
        }
        char c = text.charAt(at);
        if (c == '\'') {
          string();
        } else {
          open += c == '[' ? 1 : c == ']' ? -1 : 0;
          at++;
        }
      } while (open > 0);
      return text.substring(from, at);
    }

    private String string() throws FormatException {
      expect('\'');
      int end = text.indexOf('\'', at);
      if (end < 0) {
        throw refusal("a string without its end");
      }
      String string = text.substring(at, end);
      at = end + 1;
      return string;
    }

    private boolean truth() throws FormatException {
      skipSpaces();
      for (String literal : List.of("True", "False")) {
        if (text.startsWith(literal, at)) {
          at += literal.length();
          return literal.equals("True");
        }
      }
      throw unexpected("True or False");
    }

    private List<Long> tuple() throws FormatException {
      List<Long> numbers = new ArrayList<>();
      expect('(');
      while (!accept(')')) {
        numbers.add(number());
        // In Python, (8) is not a tuple; (8,) is.
        if (numbers.size() == 1 || !accept(')')) {
          expect(',');
        } else {
          break;
        }
      }
      return numbers;
    }

    private long number() throws FormatException {
      skipSpaces();
      int from = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      if (at == from || at - from > MAX_DIGITS) {
        at = from;
        throw unexpected("a dimension");
      }
      return Long.parseLong(text, from, at, 10);
    }

    private void requireEnd() throws FormatException {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c != ' ' && c != '\n') {
          throw unexpected("nothing but spaces");
        }
        at++;
      }
    }

    private void skipSpaces() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }

    private boolean accept(char c) {
      skipSpaces();
      boolean isThere = at < text.length() && text.charAt(at) == c;
      at += isThere ? 1 : 0;
      return isThere;
    }

    private void expect(char c) throws FormatException {
      if (!accept(c)) {
        throw unexpected("'" + c + "'");
      }
    }

    private FormatException unexpected(String expected) {
      String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
      return refusal(expected + " expected, found " + found);
    }

    private FormatException refusal(String message) {
      return new FormatException(
          "entry " + tensor + ".npy, character " + at + " of the header: " + message);
    }
  }
}
