package dev.switchback.device.node;

import static dev.switchback.explore.Scenario.require;
import static dev.switchback.explore.Scenario.together;

import dev.switchback.Clock;
import dev.switchback.SystemClock;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.StoreException.Reason;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A maintenance cycle, and what those who meet it do and see. */
final class Meeting {
  /** Less than any wait that only a wake-up should end. */
  private static final long LIMIT_NANOS = 30_000_000_000L;

  private static final long POLL_NANOS = 1_000_000;

  final CycleUnderTest cycle;
  private final Trainings trainings = new Trainings();

  /** Requests for a training that have returned. */
  private final AtomicInteger accepted = new AtomicInteger();

  private volatile @Nullable Error end;

  Meeting(CycleUnderTest.Source source) {
    this.cycle = source.on(new SystemClock(), trainings);
  }

  /** The parts run beside the cycle; when they are over it is told to stop. */
  void runAndStop(Runnable... parts) throws InterruptedException {
    run(() -> {
      try {
        together(parts);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      cycle.stop();
    });
  }

  /** The same where one of the parts ends the cycle. */
  void run(Runnable... parts) throws InterruptedException {
    long startNanos = System.nanoTime();
    Thread thread = new Thread(this::runCycle);
    thread.start();
    together(parts);
    thread.join();
    require(System.nanoTime() - startNanos < LIMIT_NANOS, "somebody waited until a limit");
    int begun = trainings.begun.get();
    require(begun <= accepted.get(), begun + " trainings of " + accepted + " began");
    require(!retrained(), "a training is taken after the end");
    Caller late = Caller.of(cycle);
    late.run();
    late.requireAnswered();
    require(System.nanoTime() - startNanos < LIMIT_NANOS, "who came late waited until a limit");
  }

  private void runCycle() {
    try {
      cycle.run();
    } catch (Error e) {
      if (e instanceof AssertionError) {
        throw e;
      }
      end = e;
    }
  }

  @Nullable Error end() {
    return end;
  }

  /** Asks for a training; returns whether it was taken. */
  boolean retrained() {
    try {
      cycle.retrain();
    } catch (StoreException e) {
      require(e.reason() == Reason.BUSY, String.valueOf(e.getMessage()));
      return false;
    }
    int taken = accepted.incrementAndGet();
    require(trainings.begun.get() >= taken - 1, "more than one training waits");
    return true;
  }

  /** What was asked for shows as running until it is over and counted. */
  void look() {
    int taken = accepted.get();
    TrainingProgress seen = cycle.progress();
    require(seen.running() || seen.count() >= taken, "a training that waits does not show");
  }

  /** What is settled is over. */
  void requireSettledIsOver() {
    int taken = accepted.get();
    long ask = cycle.asked();
    require(!cycle.isSettled(ask) || trainings.ended.get() >= taken, "settled, but not over");
  }

  /** Watches until no training runs, and then until all is settled. */
  void watch() {
    int taken = accepted.get();
    Clock own = new SystemClock();
    TrainingProgress seen = cycle.progress();
    while (seen.running()) {
      own.await(POLL_NANOS);
      seen = cycle.progress();
    }
    require(seen.count() >= taken, "a training is over and not counted");
    long ask = cycle.asked();
    while (!cycle.isSettled(ask)) {
      own.await(POLL_NANOS);
    }
    require(trainings.ended.get() >= taken, "settled, but not over");
  }

  /** To be asked when all is settled: what was taken began, once each. */
  void requireAllTrained() {
    int taken = accepted.get();
    require(trainings.begun.get() == taken, trainings.begun + " of " + taken + " began");
    require(trainings.ended.get() == taken, trainings.ended + " of " + taken + " ended");
    require(cycle.progress().count() == taken, "the count is not that of the trainings");
  }
}
