package dev.switchback.device.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.device.control.Decision;
import org.junit.jupiter.api.Test;

class DecisionTextTest {
  @Test
  void showsSwitchesLedAndOutput() {
    assertEquals(
        "A=0 B=1 LED=1 output=0.9731",
        DecisionText.of(2, new Decision(true, 1, 1, true, 0.97314f)));
    assertEquals(
        "A=1 B=1 C=0 LED=0 output=-0.0200",
        DecisionText.of(3, new Decision(true, 7, 6, false, -0.02f)));
  }

  @Test
  void saysNoneWhereNoModelAnswered() {
    assertEquals("A=1 LED=0 output=none", DecisionText.of(1, new Decision(false, 0, 1, false, 0f)));
  }
}
