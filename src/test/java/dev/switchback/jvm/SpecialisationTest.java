package dev.switchback.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SpecialisationTest {

  private static Doubling doubling(int width) {
    return Specialisation.of(Doubler.LOOKUP, Doubling.class, new Doubler.Width(width));
  }

  @Test
  void copyHasItsConstantAndTheOriginalHasNone() {
    assertNull(Doubler.CONSTANT);
    assertEquals(6, doubling(3).doubled());
    assertEquals(8, doubling(4).doubled());
    assertEquals(10, new Doubler(new Doubler.Width(5)).doubled());
  }

  @Test
  void oneCopyServesAConstantForGood() {
    assertSame(doubling(7), doubling(7));
    assertNotSame(doubling(7).getClass(), doubling(8).getClass());
    assertTrue(doubling(7).getClass().isHidden());
  }
}
