package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourTest {
  @Test
  void outputsGoFromBlueOverWhiteToOrange() {
    assertEquals(Colour.BLUE, Colour.ofOutput(0f));
    assertEquals(Colour.WHITE, Colour.ofOutput(0.5f));
    assertEquals(Colour.ORANGE, Colour.ofOutput(1f));
    assertEquals(new Colour(140, 175, 210), Colour.ofOutput(0.25f));
  }

  @Test
  void outputsBeyondTheEndsHaveTheirColour() {
    assertEquals(Colour.BLUE, Colour.ofOutput(-7f));
    assertEquals(Colour.ORANGE, Colour.ofOutput(Float.POSITIVE_INFINITY));
    assertEquals(Colour.GREY, Colour.ofOutput(Float.NaN));
    assertEquals(Colour.GREY, Colour.ofOutputIn256(Float.NaN));
  }

  @Test
  void thePaletteOf256IsExactAndItsMiddleIsWhite() {
    int[] expected = {25, 68, 110, 153, 231, 223, 215, 208, 172};
    for (int step = 0; step < expected.length; step++) {
      Colour colour = Colour.ofOutputIn256((step + 0.5f) / expected.length);

      assertEquals(expected[step], colour.index256());
    }
    assertEquals(172, Colour.ofOutputIn256(1f).index256());
  }

  @ParameterizedTest
  @CsvSource({"0,0,0,16", "255,255,255,231", "255,0,0,196", "128,128,128,244", "28,28,28,234"})
  void theNearestOf256IsFound(int red, int green, int blue, int index) {
    assertEquals(index, new Colour(red, green, blue).index256());
  }

  @Test
  void textIsDarkOnLightAndLightOnDark() {
    assertEquals(Colour.BLACK, Colour.WHITE.readableOn());
    assertEquals(Colour.WHITE, Colour.BLUE.readableOn());
  }
}
