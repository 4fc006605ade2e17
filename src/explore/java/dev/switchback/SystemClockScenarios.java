package dev.switchback;

import static dev.switchback.explore.Scenario.require;
import static dev.switchback.explore.Scenario.together;

import dev.switchback.explore.Scenario;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** No wake-up of {@link SystemClock} is lost. */
public final class SystemClockScenarios {
  private static final long LONG_NANOS = 3_600_000_000_000L;

  private SystemClockScenarios() {}

  /** Sound and faulty ones. */
  public static List<Scenario> all() {
    return List.of(
        new Scenario("clock: a wake ends the await", false, () -> wakeEndsAwait(SystemClock::new)),
        new Scenario(
            "clock: a wake ends the await, unparks before the flag",
            true,
            () -> wakeEndsAwait(() -> new FaultyClock(FaultyClock.Fault.UNPARKS_BEFORE_THE_FLAG))),
        new Scenario(
            "clock: a wake ends the await, clears before it parks",
            true,
            () -> wakeEndsAwait(() -> new FaultyClock(FaultyClock.Fault.CLEARS_BEFORE_IT_PARKS))),
        new Scenario(
            "clock: work of two wakers is all seen", false, () -> allWorkIsSeen(SystemClock::new)),
        new Scenario(
            "clock: work of two wakers is all seen, unparks before the flag",
            true,
            () -> allWorkIsSeen(() -> new FaultyClock(FaultyClock.Fault.UNPARKS_BEFORE_THE_FLAG))),
        new Scenario(
            "clock: work of two wakers is all seen, clears before it parks",
            true,
            () -> allWorkIsSeen(() -> new FaultyClock(FaultyClock.Fault.CLEARS_BEFORE_IT_PARKS))));
  }

  private static void wakeEndsAwait(Supplier<Clock> clocks) throws InterruptedException {
    Clock clock = clocks.get();
    together(() -> awaitWake(clock), clock::wake);
  }

  /** Time stands still until all threads wait; then it goes on to the first limit. */
  private static void awaitWake(Clock clock) {
    long start = System.nanoTime();
    clock.await(LONG_NANOS);
    require(System.nanoTime() - start < LONG_NANOS, "a wake-up was lost");
  }

  /** As the control loop does: do what there is, then wait for more. */
  private static void allWorkIsSeen(Supplier<Clock> clocks) throws InterruptedException {
    Clock clock = clocks.get();
    AtomicInteger asked = new AtomicInteger();
    int[] done = new int[1];
    Runnable waker =
        () -> {
          asked.incrementAndGet();
          clock.wake();
        };
    together(
        () -> {
          while (done[0] < 2) {
            awaitWake(clock);
            done[0] = asked.get();
          }
        },
        waker,
        waker);
    require(done[0] == 2, "did " + done[0] + " of 2");
  }
}
