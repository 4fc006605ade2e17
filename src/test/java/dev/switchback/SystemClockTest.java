package dev.switchback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.AllocatedBytes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SystemClockTest {
  private static final long FOR_EVER_NANOS = Duration.ofMinutes(10).toNanos();

  private final SystemClock clock = new SystemClock();

  @Test
  void sleepEndsByItself() {
    clock.await(1_000);
    clock.await(0);
    clock.await(-1);
  }

  @Test
  void wakeBeforeTheSleepEndsIt_andOnlyThatOne() {
    clock.wake();
    clock.await(FOR_EVER_NANOS);
    long start = clock.nanoTime();
    long slept = 0;
    for (int spurious = 0; spurious < 10 && slept < 20_000_000; spurious++) {
      clock.await(20_000_000);
      slept = clock.nanoTime() - start;
    }
    assertTrue(slept >= 20_000_000, "slept " + slept);
  }

  /** Each side waits for the other 20,000 times: a lost wake-up sleeps for ten minutes. */
  @Test
  void noWakeUpIsLost() throws InterruptedException {
    SystemClock other = new SystemClock();
    AtomicInteger ball = new AtomicInteger();
    Thread partner = new Thread(() -> play(other, clock, ball, 1));
    partner.start();
    play(clock, other, ball, 0);
    assertTrue(partner.join(Duration.ofSeconds(60)));
    assertEquals(40_000, ball.get());
  }

  private static void play(SystemClock own, SystemClock other, AtomicInteger ball, int side) {
    for (int round = 0; round < 20_000; round++) {
      while (ball.get() % 2 != side) {
        own.await(FOR_EVER_NANOS);
      }
      ball.incrementAndGet();
      other.wake();
    }
  }

  @Test
  void interruptedThreadDoesNotSleep() throws InterruptedException {
    Thread sleeper = new Thread(() -> clock.await(FOR_EVER_NANOS));
    sleeper.start();
    sleeper.interrupt();
    assertTrue(sleeper.join(Duration.ofSeconds(60)));
    assertFalse(sleeper.isAlive());
  }

  @Test
  @Tag("allocation")
  void sleepingAndWakingAllocateNothing() {
    AllocatedBytes.requireNone(
        "the clock",
        () -> {
          clock.wake();
          clock.await(FOR_EVER_NANOS);
          clock.await(1);
        },
        1_000);
  }
}
