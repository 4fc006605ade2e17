package dev.switchback.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * A small JSON parser for objects, texts and lists of integers; the caller reads the values it
 * expects. Loading a complete parser would take longer than reading a network and running it.
 */
final class JsonText {
  private static final int END = -1;

  private final String what;
  private final byte[] bytes;
  private final int start;
  private final int end;
  private int at;

  /**
   * Reads from the start of a text.
   *
   * @param what description of the text, for messages
   * @param bytes hold the text in valid UTF-8, from {@code start} (inclusive) to {@code end}
   *     (exclusive)
   */
  JsonText(String what, byte[] bytes, int start, int end) {
    this.what = what;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.at = start;
  }

  /** Reads the value of one member of an object. */
  interface Member {
    void read(String name) throws FormatException;
  }

  /** Reads an object, member by member. Refuses duplicate names. */
  void readObject(Member member) throws FormatException {
    Set<String> names = new HashSet<>();
    expect('{');
    if (accept('}')) {
      return;
    }
    do {
      String name = readString();
      if (!names.add(name)) {
        throw new FormatException(what + ": field '" + name + "' is there twice");
      }
      expect(':');
      member.read(name);
    } while (accept(','));
    expect('}');
  }

  List<Long> readIntegers() throws FormatException {
    List<Long> integers = new ArrayList<>();
    expect('[');
    if (accept(']')) {
      return integers;
    }
    do {
      integers.add(readInteger());
    } while (accept(','));
    expect(']');
    return integers;
  }

  private long readInteger() throws FormatException {
    skipSpaces();
    int from = at;
    at += next() == '-' ? 1 : 0;
    int digits = at;
    while (isDigit(next()) && (at == digits || bytes[digits] != '0')) {
      at++;
    }
    if (at == digits) {
      throw unexpected("an integer");
    }
    try {
      return Long.parseLong(new String(bytes, from, at - from, UTF_8));
    } catch (NumberFormatException e) {
      at = from;
      throw unexpected("an integer of 64 bits");
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  String readString() throws FormatException {
    expect('"');
    StringBuilder string = new StringBuilder();
    int from = at;
    while (next() != '"') {
      if (next() < ' ') {
        throw unexpected("text or its closing quote");
      }
      if (next() == '\\') {
        append(string, from);
        string.append(readEscape());
        from = at;
      } else {
        at++;
      }
    }
    append(string, from);
    at++;
    return string.toString();
  }

  private void append(StringBuilder string, int from) {
    string.append(new String(bytes, from, at - from, UTF_8));
  }

  private char readEscape() throws FormatException {
    at++;
    int c = next();
    char escaped =
        switch (c) {
          case '"', '\\', '/' -> (char) c;
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'u' -> readHex();
          default -> throw unexpected("an escape of JSON");
        };
    at++;
    return escaped;
  }

  /** Reads four hex digits; leaves the position at the last one. */
  private char readHex() throws FormatException {
    int value = 0;
    for (int k = 0; k < 4; k++) {
      at++;
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw unexpected("a hex digit");
      }
      value = 16 * value + digit;
    }
    return (char) value;
  }

  /** Checks that only white space is left. */
  void requireEnd() throws FormatException {
    skipSpaces();
    if (at < end) {
      throw unexpected("the end");
    }
  }

  private void expect(char c) throws FormatException {
    if (!accept(c)) {
      throw unexpected("'" + c + "'");
    }
  }

  private boolean accept(char c) {
    skipSpaces();
    boolean isThere = next() == c;
    at += isThere ? 1 : 0;
    return isThere;
  }

  private void skipSpaces() {
    while (next() == ' ' || next() == '\n' || next() == '\r' || next() == '\t') {
      at++;
    }
  }

  private int next() {
    return at < end ? Byte.toUnsignedInt(bytes[at]) : END;
  }

  private FormatException unexpected(String expected) {
    return new FormatException(
        what + ", byte " + (at - start) + ": " + expected + " expected, found " + found());
  }

  private String found() {
    int c = next();
    if (c == END) {
      return "the end";
    }
    return c >= ' ' && c <= '~'
        ? "'" + (char) c + "'"
        : "byte " + HexFormat.of().toHexDigits((byte) c);
  }
}
