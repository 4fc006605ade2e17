package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Requirement;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.font.FontRenderContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LetteringTest {
  @Test
  void noCharacterIsWiderInTheFirstFontThanEstimated() {
    Requirement.fonts(getClass());
    Requirement.that(
        getClass(),
        Arrays.asList(
                GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames())
            .contains("DejaVu Sans"),
        "the font DejaVu Sans (apt-get install fonts-dejavu-core)");
    assertNotWider(' ', '~', Font.PLAIN, 1);
    assertNotWider(0xa0, 0x17f, Font.PLAIN, 1);
    assertNotWider('Α', 'ω', Font.PLAIN, 1);
    assertNotWider('А', 'я', Font.PLAIN, 1);
    "…−×⁻⁰¹²³⁴⁵⁶⁷⁸⁹✓✗∞".chars().forEach(c -> assertNotWider(c, c, Font.PLAIN, 1));
    assertNotWider('+', '9', Font.BOLD, 1.25);
  }

  private static void assertNotWider(int from, int to, int style, double factor) {
    Font font = new Font("DejaVu Sans", style, 100);
    FontRenderContext context = new FontRenderContext(null, true, true);
    for (int c = from; c <= to; c++) {
      String text = Character.toString(c);
      double width = font.getStringBounds(text, context).getWidth();

      assertTrue(factor * Lettering.width(text, 100) >= width, () -> text + " is " + width);
    }
  }

  @Test
  void whatFitsStaysAndTheRestIsCutWithAnEllipsis() {
    assertEquals("short", Lettering.shorten("short", 12, 100));
    String cut = Lettering.shorten("a very long title of a picture", 12, 100);
    assertTrue(cut.startsWith("a very") && cut.endsWith("…"), cut);
    assertTrue(Lettering.width(cut, 12) <= 100);
    assertTrue(Lettering.width(cut, 12) > 80, cut);
  }

  @Test
  void aCharacterOfTwoUnitsIsNeverCutInHalf() {
    String faces = "\ud83d\ude00".repeat(20);
    for (int pixels = 20; pixels < 200; pixels++) {
      String cut = Lettering.shorten(faces, 12, pixels);

      assertEquals(0, (cut.length() - 1) % 2, cut);
    }
  }

  @Test
  void spacesBeforeTheEllipsisGo() {
    assertEquals("ab…", Lettering.shorten("ab      cdefghijk", 10, 35));
  }
}
