package dev.switchback.device.control;

import static dev.switchback.device.control.TeachRequests.NONE;
import static dev.switchback.device.control.TeachRequests.UNTEACH;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TeachButtonTest {
  private static final long MS = 1_000_000;
  private static final long START = Long.MAX_VALUE - 500 * MS;

  private final TeachButton button = new TeachButton(10 * MS);

  private int at(long millis, boolean reading, int row) {
    return button.update(reading, row, START + millis * MS);
  }

  private long remaining(long millis) {
    return button.remainingNanos(START + millis * MS) / MS;
  }

  @Test
  void aPressActsWhenItIsReleased_onThePositionOfThePress() {
    assertEquals(NONE, at(0, false, 1));
    assertEquals(NONE, at(5, true, 1));
    assertEquals(10, remaining(5));
    assertEquals(NONE, at(15, true, 2));
    assertEquals(3000, remaining(15));
    assertEquals(NONE, at(100, false, 3));
    assertEquals(NONE, at(109, false, 3));
    assertEquals(2, at(110, false, 3));
    assertEquals(NONE, at(111, false, 3));
    assertEquals(Long.MAX_VALUE / MS, remaining(111));
  }

  @Test
  void bouncesAreNoPress() {
    at(0, false, 0);
    for (int millis = 1; millis < 200; millis += 2) {
      assertEquals(NONE, at(millis, true, 0));
      assertEquals(NONE, at(millis + 1, false, 0));
    }
    assertEquals(NONE, at(300, false, 0));
  }

  @Test
  void aBounceWhileItIsPressedIsNoSecondPress() {
    at(0, false, 0);
    at(1, true, 0);
    at(11, true, 0);
    assertEquals(NONE, at(50, false, 0));
    assertEquals(NONE, at(59, true, 0));
    assertEquals(NONE, at(70, false, 0));
    assertEquals(0, at(80, false, 0));
  }

  @Test
  void aHoldActsAfterThreeSeconds_once() {
    at(0, false, 3);
    at(1, true, 3);
    assertEquals(NONE, at(11, true, 3));
    assertEquals(NONE, at(3010, true, 3));
    assertEquals(1, remaining(3010));
    assertEquals(UNTEACH + 3, at(3011, true, 2));
    assertEquals(Long.MAX_VALUE / MS, remaining(3011));
    assertEquals(NONE, at(9000, true, 3));
    at(9001, false, 3);
    assertEquals(NONE, at(9011, false, 3));
  }

  @Test
  void aButtonHeldFromTheStartDoesNothingUntilItIsReleased() {
    assertEquals(NONE, at(0, true, 1));
    assertEquals(NONE, at(5000, true, 1));
    at(5001, false, 1);
    assertEquals(NONE, at(5011, false, 1));
    at(5020, true, 1);
    at(5030, true, 1);
    at(5040, false, 1);
    assertEquals(1, at(5050, false, 1));
  }

  @Test
  void aPressDuringAFaultIsForgotten() {
    at(0, false, 1);
    at(1, true, 1);
    at(11, true, 1);
    button.reset();
    assertEquals(NONE, at(20, true, 1));
    at(30, false, 1);
    assertEquals(NONE, at(40, false, 1));
  }
}
