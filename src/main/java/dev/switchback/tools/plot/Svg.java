package dev.switchback.tools.plot;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * Writes one SVG document, one element per line. Attributes are {@code name=value}; an attribute
 * with an empty value is omitted. Text is escaped. Not thread-safe.
 */
final class Svg {
  /** Larger coordinates are bugs. */
  private static final double LARGEST_NUMBER = 1e7;

  private final StringBuilder document = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; {@link #end} closes it. */
  Svg begin(String element, String... attributes) {
    start(element, attributes);
    document.append(">\n");
    open.push(element);
    return this;
  }

  /** Closes the element opened last. */
  Svg end() {
    document.append("</").append(open.pop()).append(">\n");
    return this;
  }

  /** Adds an element without content. */
  Svg add(String element, String... attributes) {
    start(element, attributes);
    document.append("/>\n");
    return this;
  }

  /** Adds an element that contains only text. */
  Svg addText(String element, String content, String... attributes) {
    start(element, attributes);
    document.append('>').append(escape(content)).append("</").append(element).append(">\n");
    return this;
  }

  Svg rect(double x, double y, double width, double height, String... attributes) {
    return add("rect", with(attributes, numbers("x y width height", x, y, width, height)));
  }

  Svg rect(Area area, String... attributes) {
    return rect(area.left(), area.top(), area.width(), area.height(), attributes);
  }

  Svg line(double x1, double y1, double x2, double y2, String... attributes) {
    return add("line", with(attributes, numbers("x1 y1 x2 y2", x1, y1, x2, y2)));
  }

  Svg circle(double x, double y, double radius, String... attributes) {
    return add("circle", with(attributes, numbers("cx cy r", x, y, radius)));
  }

  Svg path(String data, String... attributes) {
    return add("path", with(attributes, "d=" + data));
  }

  /** Adds text with its baseline at {@code y}; nothing if the text is empty. */
  Svg text(double x, double y, String content, String... attributes) {
    return content.isEmpty()
        ? this
        : addText("text", content, with(attributes, numbers("x y", x, y)));
  }

  private static String[] with(String[] attributes, String... first) {
    return Stream.of(first, attributes).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static String[] numbers(String names, double... values) {
    String[] attributes = names.split(" ", -1);
    Arrays.setAll(attributes, k -> attributes[k] + "=" + number(values[k]));
    return attributes;
  }

  private void start(String element, String... attributes) {
    document.append('<').append(element);
    for (String attribute : attributes) {
      int value = attribute.indexOf('=') + 1;
      if (value < attribute.length()) {
        document.append(' ').append(attribute, 0, value);
        document.append('"').append(escape(attribute.substring(value))).append('"');
      }
    }
  }

  /** Adds everything that another document contains. */
  Svg addAll(Svg other) {
    document.append(other.document);
    return this;
  }

  /** Closes all open elements and returns the document. */
  String document() {
    while (!open.isEmpty()) {
      end();
    }
    return document.toString();
  }

  /**
   * Formats a number for an attribute: at most two decimals, no exponent, no trailing zeros.
   *
   * @throws IllegalArgumentException if it is NaN or larger than any coordinate
   */
  static String number(double value) {
    if (!(Math.abs(value) <= LARGEST_NUMBER)) {
      throw new IllegalArgumentException("no coordinate: " + value);
    }
    return decimal(Math.round(value * 100), 2);
  }

  /** Formats {@code units} of the last decimal: 250 with 2 decimals is 2.5. */
  static String decimal(long units, int decimals) {
    return BigDecimal.valueOf(units, decimals).stripTrailingZeros().toPlainString();
  }

  /** Escapes text for XML; characters that XML does not allow become U+FFFD. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints().forEach(c -> appendEscaped(escaped, c));
    return escaped.toString();
  }

  private static void appendEscaped(StringBuilder escaped, int c) {
    switch (c) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\n', '\r', '\t' -> escaped.append(' ');
      default -> escaped.appendCodePoint(isXml(c) ? c : 0xfffd);
    }
  }

  private static boolean isXml(int c) {
    return c >= ' ' && (c < 0xd800 || c > 0xdfff) && c != 0xfffe && c != 0xffff;
  }
}
