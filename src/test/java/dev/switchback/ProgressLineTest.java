package dev.switchback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProgressLineTest {
  @Test
  void noLineFillsTheTerminal() {
    assertEquals("123456789", ProgressLine.cut("123456789", 10));
    assertEquals("123456789", ProgressLine.cut("1234567890", 10));
    assertEquals("", ProgressLine.cut("1234567890", 1));
  }
}
