package dev.switchback.device.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebouncerTest {
  private static final long PERIOD = 100;

  private final Debouncer debouncer = new Debouncer(PERIOD);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void firstReadingIsTheInitialLevel(boolean level) {
    assertEquals(level, debouncer.update(level, 7));
    assertEquals(Debouncer.NONE_PENDING, debouncer.remainingNanos(7));
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, -50, Long.MAX_VALUE, Long.MAX_VALUE - 50, Long.MAX_VALUE - 99, Long.MIN_VALUE})
  void newLevel_countsExactlyAtThePeriod_whereverTheClockIs(long start) {
    debouncer.update(false, start - 1);
    assertFalse(debouncer.update(true, start));
    assertEquals(PERIOD, debouncer.remainingNanos(start));
    assertFalse(debouncer.update(true, start + PERIOD - 1));
    assertEquals(1, debouncer.remainingNanos(start + PERIOD - 1));
    assertTrue(debouncer.update(true, start + PERIOD));
    assertEquals(Debouncer.NONE_PENDING, debouncer.remainingNanos(start + PERIOD));
    assertEquals(0, debouncer.bounces());
  }

  @Test
  void glitchShorterThanThePeriod_leavesNoTrace_butIsCounted() {
    debouncer.update(false, 0);
    debouncer.update(true, 10);
    assertFalse(debouncer.update(false, 109));
    assertEquals(1, debouncer.bounces());
    assertEquals(Debouncer.NONE_PENDING, debouncer.remainingNanos(109));
    assertFalse(debouncer.update(true, 110));
    assertFalse(debouncer.update(true, 209));
    assertTrue(debouncer.update(true, 210));
  }

  @Test
  void bounceBurst_startsThePeriodAnewEachTime() {
    debouncer.update(false, 0);
    for (int bounce = 0; bounce < 9; bounce++) {
      assertFalse(debouncer.update(true, 1000 + 20 * bounce));
      assertFalse(debouncer.update(false, 1010 + 20 * bounce));
    }
    assertEquals(9, debouncer.bounces());
    assertFalse(debouncer.update(true, 1180));
    assertFalse(debouncer.update(true, 1279));
    assertTrue(debouncer.update(true, 1280));
    assertEquals(9, debouncer.bounces());
  }

  @Test
  void releaseIsDebouncedLikeThePress() {
    debouncer.update(true, 0);
    assertTrue(debouncer.update(false, 50));
    assertTrue(debouncer.update(false, 149));
    assertFalse(debouncer.update(false, 150));
  }

  @Test
  void remaining_afterThePeriodWithoutAReading_isZero() {
    debouncer.update(false, 0);
    debouncer.update(true, 10);
    assertEquals(0, debouncer.remainingNanos(500));
  }

  @Test
  void periodZero_followsAtOnce() {
    Debouncer direct = new Debouncer(0);
    assertFalse(direct.update(false, 5));
    assertTrue(direct.update(true, 5));
    assertFalse(direct.update(false, 5));
    assertEquals(Debouncer.NONE_PENDING, direct.remainingNanos(5));
    assertEquals(0, direct.bounces());
  }

  @Test
  void reset_makesTheNextReadingTheLevel_andKeepsTheCount() {
    debouncer.update(false, 0);
    debouncer.update(true, 10);
    debouncer.update(false, 20);
    debouncer.update(true, 30);
    debouncer.reset();
    assertEquals(Debouncer.NONE_PENDING, debouncer.remainingNanos(30));
    assertTrue(debouncer.update(true, 40));
    assertEquals(1, debouncer.bounces());
  }

  @Test
  void reset_forgetsThePendingChange() {
    debouncer.update(false, 0);
    debouncer.update(true, 10);
    debouncer.reset();
    debouncer.update(false, 20);
    assertFalse(debouncer.update(true, 110));
  }

  @Test
  void negativePeriodIsRefused() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new Debouncer(-1));
    assertEquals("a debounce period is not negative: -1", refused.getMessage());
  }

  /** The definition, applied to the whole history of readings, as the oracle. */
  @Test
  void randomReadings_agreeWithTheDefinition() {
    SplittableRandom random = new SplittableRandom(42);
    for (int run = 0; run < 200; run++) {
      Debouncer subject = new Debouncer(PERIOD);
      boolean level = false;
      boolean last = false;
      long heldSince = 0;
      long now = random.nextLong();
      subject.update(false, now);
      for (int reading = 0; reading < 100; reading++) {
        now += random.nextInt(60);
        boolean value = random.nextInt(3) == 0 ? !last : last;
        heldSince = value == last ? heldSince : now;
        last = value;
        level = (value != level && now - heldSince >= PERIOD) ? value : level;
        assertEquals(level, subject.update(value, now));
      }
    }
  }
}
