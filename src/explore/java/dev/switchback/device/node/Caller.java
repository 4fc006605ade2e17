package dev.switchback.device.node;

import static dev.switchback.explore.Scenario.require;

import dev.switchback.SystemClock;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.StoreException.Reason;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A thread with one command, which ends in one way. */
final class Caller implements Runnable {
  private final CycleUnderTest cycle;
  private final @Nullable Throwable end;
  private final boolean isHurried;
  private final AtomicInteger runs = new AtomicInteger();
  private volatile @Nullable String answer;

  private Caller(CycleUnderTest cycle, @Nullable Throwable end, boolean isHurried) {
    this.cycle = cycle;
    this.end = end;
    this.isHurried = isHurried;
  }

  /** One whose command succeeds. */
  static Caller of(CycleUnderTest cycle) {
    return new Caller(cycle, null, false);
  }

  /** One whose command throws. */
  static Caller ending(CycleUnderTest cycle, Throwable end) {
    return new Caller(cycle, end, false);
  }

  /** One that is interrupted when it comes, and so gives up unless it is answered at once. */
  static Caller hurried(CycleUnderTest cycle) {
    return new Caller(cycle, null, true);
  }

  private Maintenance.Command command() {
    return () -> {
      runs.incrementAndGet();
      switch (end) {
        case null -> {}
        case StoreException e -> throw e;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new AssertionError(end);
      }
    };
  }

  @Override
  public void run() {
    if (isHurried) {
      Thread.currentThread().interrupt();
    }
    try {
      cycle.carryOut(command(), new SystemClock());
      carriedOut(null);
    } catch (StoreException e) {
      if (e.reason() == Reason.BUSY) {
        answer = e.getMessage();
      } else {
        carriedOut(e);
      }
    } catch (IllegalStateException e) {
      carriedOut(e.getCause());
    }
  }

  private void carriedOut(@Nullable Throwable thrown) {
    int count = runs.get();
    require(count == 1, "answered when it was carried out " + count + " times");
    require(Objects.equals(thrown, end), "the answer is not the command's own");
    answer = "carried out";
  }

  /** To be asked when all threads have ended. */
  void requireAnswered() {
    int count = runs.get();
    switch (answer) {
      case null -> throw new AssertionError("a caller was not answered");
      case "carried out" -> require(count == 1, "carried out again");
      case "the device is ending" -> require(count == 0, "carried out after it was refused");
      case "the device is busy; try again" -> {
        require(isHurried, "somebody waited until a limit");
        require(count == 0, "carried out after it was called back");
      }
      case "the device is still at it; status tells how it ends" -> {
        require(isHurried, "somebody waited until a limit");
        require(count == 1, "not carried out, though it had begun");
      }
      default -> throw new AssertionError(answer);
    }
  }
}
