package dev.switchback.device.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BlinkingTest {
  private static final long MS = 1_000_000;
  private static final long START = Long.MAX_VALUE - 700 * MS;

  private final Blinking blinking = new Blinking();

  private int at(long millis, int answer, int row) {
    return blinking.show(answer, row, START + millis * MS);
  }

  private long remaining(long millis) {
    return blinking.remainingNanos(START + millis * MS) / MS;
  }

  @Test
  void theAnswerIsShownUnlessSomebodyTeaches() {
    assertEquals(1, at(0, 1, 2));
    assertEquals(Long.MAX_VALUE / MS, remaining(0));
    blinking.end();
    assertEquals(0, at(1, 0, 2));
    assertEquals(Long.MAX_VALUE / MS, remaining(1));
  }

  @Test
  void theWantedAnswerFlashesInItsPosition_forWholePeriods() {
    blinking.teach(2, 1, 1);
    assertEquals(0, at(0, 0, 2));
    assertEquals(100, remaining(0));
    assertEquals(0, at(99, 0, 2));
    assertEquals(1, at(100, 0, 2));
    assertEquals(400, remaining(100));
    assertEquals(0, at(300, 0, 1), "another position");
    assertEquals(1, at(499, 0, 2));
    assertEquals(0, at(500, 0, 2));
    assertEquals(1, at(600, 0, 2));
    blinking.end();
    assertEquals(1, at(700, 1, 2));
    assertEquals(1, at(999, 1, 2));
    assertEquals(1, at(1000, 1, 2));
    assertEquals(Long.MAX_VALUE / MS, remaining(1000));
  }

  @Test
  void aTrainingOfAMomentBlinksOnce() {
    blinking.teach(0, 0, 1);
    blinking.end();
    assertEquals(1, at(0, 1, 0));
    assertEquals(0, at(100, 0, 0));
    assertEquals(0, at(499, 0, 0));
    assertEquals(1, at(500, 1, 0));
  }

  @Test
  void severalLedsFlashTogether() {
    blinking.teach(3, 0b10, 0b11);
    assertEquals(0b01, at(0, 0b11, 3));
    assertEquals(0b10, at(100, 0b11, 3));
  }

  @Test
  void aRefusalFlashesThreeTimes_inAnyPosition() {
    blinking.teach(3, 1, 1);
    at(0, 0, 3);
    blinking.refuse(1);
    int[] expected = {1, 0, 1, 0, 1, 0};
    for (int part = 0; part < expected.length; part++) {
      assertEquals(expected[part], at(20 + 150L * part, 0, part % 4));
      assertEquals(150, remaining(20 + 150L * part));
      assertEquals(expected[part], at(20 + 150L * part + 149, 0, part % 4));
    }
    assertEquals(0, at(920, 0, 3));
    assertEquals(Long.MAX_VALUE / MS, remaining(920));
  }

  @Test
  void aSecondRefusalBeginsAnew() {
    blinking.refuse(1);
    at(0, 0, 0);
    blinking.refuse(1);
    assertEquals(1, at(200, 0, 0));
    assertEquals(1, at(349, 0, 0));
  }

  @Test
  void anEndDoesNotCutARefusal() {
    blinking.teach(0, 1, 1);
    blinking.end();
    blinking.refuse(1);
    blinking.end();
    assertEquals(1, at(0, 0, 0));
    assertEquals(0, at(150, 0, 0));
    assertEquals(1, at(300, 0, 0));
  }
}
