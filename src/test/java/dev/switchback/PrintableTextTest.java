package dev.switchback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrintableTextTest {
  @Test
  void whatMovesACursorForgesALineOrHidesIsEscaped() {
    assertEquals("gewichte-ä 'x' \\ 網", PrintableText.of("gewichte-ä 'x' \\ 網"));
    assertEquals(
        "1\\u001b]0;pwned\\u0007\\nerror", PrintableText.of("1\u001b]0;pwned\u0007\nerror"));
    assertEquals("\\r\\t\\u0000\\u007f\\u009b", PrintableText.of("\r\t\0\u007f\u009b"));
    assertEquals("\\u202egnp\\u2028\\u200d", PrintableText.of("\u202egnp\u2028\u200d"));
    assertEquals("\\ud83d x \\ude00", PrintableText.of("\ud83d x \ude00"));
    assertEquals("\ud83d\ude00", PrintableText.of("\ud83d\ude00"));
  }

  @Test
  void whatIsTooLongIsCutBetweenCharacters() {
    assertEquals("1234567890", PrintableText.of("1234567890", 10));
    assertEquals("1234567...", PrintableText.of("12345678901", 10));
    assertEquals("123...", PrintableText.of("123\u001b\u001b", 10));
    assertEquals("1234\\u001b", PrintableText.of("1234\u001b", 10));
    assertEquals("123456...", PrintableText.of("123456\ud83d\ude00345", 10));
    assertEquals(PrintableText.MAX_CHARACTERS, PrintableText.of("x".repeat(6000)).length());
  }

  @Test
  void nothingButPrintableCharactersComesOut() {
    Random random = new Random(1);
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 40; i++) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000));
      }
      String printable = PrintableText.of(text.toString(), 50);
      assertTrue(printable.length() <= 50, printable);
      assertEquals(printable, PrintableText.of(printable, 50));
      assertTrue(printable.codePoints().noneMatch(Character::isISOControl), printable);
    }
  }
}
