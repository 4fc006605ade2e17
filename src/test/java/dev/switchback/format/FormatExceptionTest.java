package dev.switchback.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FormatExceptionTest {
  @Test
  void whatAFileSaysDoesNotSteerATerminal() {
    assertEquals(
        "key 'a\\u001b[31m\\n\\u009bb' \u00e4",
        new FormatException("key 'a\u001b[31m\n\u009bb' \u00e4").getMessage());
  }

  @Test
  void whatAFileSaysIsNotQuotedForEver() {
    String message = new FormatException("x".repeat(60_000), new Throwable()).getMessage();
    assertEquals("x".repeat(497) + "...", message);
    assertEquals("x".repeat(500), new FormatException("x".repeat(500)).getMessage());
  }
}
