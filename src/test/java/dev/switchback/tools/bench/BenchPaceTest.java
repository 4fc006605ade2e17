package dev.switchback.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BenchPaceTest {
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final long START_NANOS = 77;

  private final BenchPace pace = new BenchPace();

  /** When so many epochs are over, by a clock on which an epoch takes no time. */
  private long nanosFor(int epochs) {
    long nowNanos = START_NANOS;
    pace.passed(0, nowNanos);
    for (int epoch = 1; epoch <= epochs; epoch++) {
      nowNanos += Math.max(0, pace.holdNanos(nowNanos));
      assertTrue(pace.holdNanos(nowNanos) <= 0);
      pace.passed(epoch, nowNanos);
    }
    return nowNanos - START_NANOS;
  }

  @Test
  void exclusiveOrTakesSecondsAndNoTrainingMuchMoreThanTen() {
    assertEquals(2.35, nanosFor(47) / 1e9, 0.01);
    assertEquals("20 epochs/s", pace.toString());
    assertTrue(nanosFor(40_000) < 11 * SECOND_NANOS);
    assertEquals("full speed", pace.toString());
  }

  @Test
  void aChosenSpeedStays() {
    pace.change(true);
    assertEquals("50 epochs/s", pace.toString());
    assertEquals(20, nanosFor(1000) / 1e9, 0.01);
    for (int k = 0; k < 20; k++) {
      pace.change(false);
    }
    assertEquals("1 epochs/s", pace.toString());
    assertEquals(3 * SECOND_NANOS, nanosFor(3));
    for (int k = 0; k < 20; k++) {
      pace.change(true);
    }
    assertEquals("full speed", pace.toString());
    assertEquals(0, nanosFor(3));
  }

  @Test
  void pausedNothingGoesOnButBySteps() {
    pace.passed(0, START_NANOS);
    pace.togglePause();
    assertEquals("paused", pace.toString());
    assertTrue(pace.holdNanos(START_NANOS + 100 * SECOND_NANOS) > 0);

    pace.step();
    pace.step();
    for (int epoch = 1; epoch <= 2; epoch++) {
      assertEquals(0, pace.holdNanos(START_NANOS));
      pace.passed(epoch, START_NANOS);
    }
    assertTrue(pace.holdNanos(START_NANOS) > 0);

    pace.togglePause();
    assertTrue(pace.holdNanos(START_NANOS + SECOND_NANOS) <= 0);
  }

  @Test
  void aStepStopsATrainingThatRuns() {
    pace.passed(5, START_NANOS);
    pace.step();
    assertTrue(pace.isPaused());
    pace.passed(6, START_NANOS);
    assertTrue(pace.holdNanos(START_NANOS + SECOND_NANOS) > 0);
  }

  @Test
  void theBeginningOfATrainingIsNoStep() {
    pace.step();
    pace.passed(0, START_NANOS);
    assertEquals(0, pace.holdNanos(START_NANOS));
  }
}
