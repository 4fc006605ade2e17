package dev.switchback.device.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {
  @Test
  void bcmNumbersAreThoseOfTheHeader() {
    assertEquals(new Line.Bcm(0), Line.parse("0"));
    assertEquals(new Line.Bcm(27), Line.parse("27"));
    assertEquals("GPIO27", new Line.Bcm(27).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"28", "-1", "4294967296", "99999999999999999999"})
  void otherNumbersAreRefused(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Line.parse(text));
    assertEquals("a BCM number is 0 to 27", refused.getMessage());
  }

  @Test
  void chipsAreNamedBeforeTheLastColon() {
    assertEquals(new Line.OnChip("gpiochip0", 17), Line.parse("gpiochip0:17"));
    assertEquals(new Line.OnChip("INT33FF:00", 5), Line.parse("INT33FF:00:5"));
    assertEquals("pinctrl-rp1:17", Line.parse("pinctrl-rp1:17").toString());
  }

  @Test
  void anyOtherWordIsAName() {
    assertEquals(new Line.Named("PIN_11"), Line.parse("PIN_11"));
    assertEquals(new Line.Named("none"), Line.parse("none"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":3", "chip:", "chip:x", "chip:-1", "chip:123456", "17;27", "a b"})
  void anythingElseIsRefused(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Line.parse(text));
    assertEquals("a line is " + Line.FORMS, refused.getMessage());
  }
}
