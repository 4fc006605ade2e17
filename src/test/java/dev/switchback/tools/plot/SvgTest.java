package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SvgTest {
  @Test
  void elementsNestAndAreClosedAtTheEnd() {
    Svg inner = new Svg().circle(1, 2, 3);
    Svg svg =
        new Svg()
            .begin("svg", "role=img")
            .begin("g", "fill=none")
            .addAll(inner)
            .end()
            .line(0, 0.5, 1, 2, "stroke=#000000", "fill=")
            .text(1, 2, "a<b", "fill=\"&")
            .text(1, 2, "");

    assertEquals(
        """
        <svg role="img">
        <g fill="none">
        <circle cx="1" cy="2" r="3"/>
        </g>
        <line x1="0" y1="0.5" x2="1" y2="2" stroke="#000000"/>
        <text x="1" y="2" fill="&quot;&amp;">a&lt;b</text>
        </svg>
        """,
        svg.document());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "-0.001, 0",
    "0.05, 0.05",
    "-0.5, -0.5",
    "12, 12",
    "1.999, 2",
    "-3.14159, -3.14",
    "100, 100",
    "1e6, 1000000"
  })
  void numbersHaveAtMostTwoDecimals(double value, String text) {
    assertEquals(text, Svg.number(value));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1e8})
  void whatIsNoCoordinateIsRefused(double value) {
    assertThrows(IllegalArgumentException.class, () -> Svg.number(value));
  }

  @Test
  void whatXmlCannotHoldIsReplaced() {
    assertEquals(
        "a\ufffdb c\ufffd\ufffd&gt;\ud83d\ude00",
        Svg.escape("a\u0007b\nc\ud800\uffff>\ud83d\ude00"));
  }
}
