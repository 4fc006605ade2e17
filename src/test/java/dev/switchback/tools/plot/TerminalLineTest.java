package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TerminalLineTest {
  @Test
  void neighboursOfTheSameColourShareOneCode() {
    TerminalLine line =
        new TerminalLine(TerminalStyle.TRUE_COLOUR)
            .add("a", Colour.BLACK)
            .add("b", Colour.BLACK)
            .add("c");

    assertEquals("\u001b[0m\u001b[38;2;28;28;28mab\u001b[0mc", line.toString());
    assertEquals(3, line.columns());
  }

  @Test
  void theEndOfALineHasTheTerminalsOwnColours() {
    assertEquals(
        "\u001b[0m\u001b[38;5;234m\u001b[48;5;231ma\u001b[0m",
        new TerminalLine(TerminalStyle.COLOURS_256)
            .add("a", Colour.BLACK, new Colour(255, 255, 255))
            .toString());
  }

  @Test
  void withoutColourThereAreNoCodes() {
    assertEquals(
        "ab", new TerminalLine(TerminalStyle.ASCII).add("a", Colour.BLUE).add("b").toString());
  }

  @Test
  void paddingAndAddedLinesCountTheirColumns() {
    TerminalLine coloured = new TerminalLine(TerminalStyle.TRUE_COLOUR).add("xy", Colour.BLACK);
    TerminalLine line = new TerminalLine(TerminalStyle.TRUE_COLOUR).padTo(3).add(coloured).padTo(2);

    assertEquals(5, line.columns());
    assertEquals("   \u001b[0m\u001b[38;2;28;28;28mxy\u001b[0m", line.toString());
  }
}
