package dev.switchback.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualClockTest {
  private final ManualClock clock = new ManualClock(Long.MAX_VALUE - 50);
  private final long start = clock.nanoTime();
  private final List<String> happened = new ArrayList<>();

  private void note(String what) {
    happened.add(what + "@" + (clock.nanoTime() - start));
  }

  @Test
  void sleepPassesTimeAcrossTheOverflow() {
    clock.await(100);
    assertEquals(100, clock.nanoTime() - start);
  }

  @Test
  void plannedActionsRunInOrderOfTimeThenOfPlanning() {
    clock.at(70, () -> note("late"));
    clock.at(30, () -> note("first"));
    clock.at(30, () -> note("second"));
    clock.await(70);
    assertEquals(List.of("first@30", "second@30", "late@70"), happened);
    assertEquals(70, clock.nanoTime() - start);
  }

  @Test
  void actionsAfterTheSleepWait() {
    clock.at(71, () -> note("late"));
    clock.await(70);
    assertEquals(List.of(), happened);
    clock.await(70);
    assertEquals(List.of("late@71"), happened);
  }

  @Test
  void wakeEndsTheSleepWhereItHappens() {
    clock.at(30, clock::wake);
    clock.at(30, () -> note("after"));
    clock.await(100);
    assertEquals(30, clock.nanoTime() - start);
    assertEquals(List.of(), happened);
  }

  @Test
  void wakeBeforeTheSleepEndsOnlyThatOne() {
    clock.wake();
    clock.await(100);
    assertEquals(0, clock.nanoTime() - start);
    clock.await(100);
    assertEquals(100, clock.nanoTime() - start);
  }

  @Test
  void advanceIsNotCutShortByWakes() {
    clock.at(30, clock::wake);
    clock.advance(100);
    assertEquals(100, clock.nanoTime() - start);
  }

  @Test
  void negativeTimesAreRefused() {
    assertThrows(AssertionError.class, () -> clock.await(-1));
    assertThrows(AssertionError.class, () -> clock.at(-1, () -> {}));
  }
}
