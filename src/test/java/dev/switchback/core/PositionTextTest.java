package dev.switchback.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PositionTextTest {
  @Test
  void showsSwitchesLedAndOutput() {
    assertEquals("A=0 B=1 LED=1 output=0.9731", PositionText.of("01", "1", 0.97314f));
    assertEquals("A=1 B=1 C=0 LED=0 output=-0.0200", PositionText.of("110", "0", -0.02f));
  }

  @Test
  void saysNoneWhereNothingAnswers() {
    assertEquals("A=1 LED=0 output=none", PositionText.of("1", "0"));
  }
}
