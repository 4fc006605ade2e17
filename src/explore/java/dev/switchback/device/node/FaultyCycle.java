package dev.switchback.device.node;

import dev.switchback.Clock;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.StoreException.Reason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** {@link Maintenance} without weights, and with one line out of place or missing. */
final class FaultyCycle implements CycleUnderTest {
  private static final long COMMAND_NANOS = 60_000_000_000L;
  private static final long IDLE_NANOS = 3_600_000_000_000L;

  /** Which line. */
  enum Fault {
    READS_PROGRESS_BEFORE_THE_FLAG,
    CLEARS_THE_FLAG_BEFORE_THE_PROGRESS,
    COUNTS_BEFORE_THE_FLAG,
    TAKES_ONE_MORE_WITHOUT_COMPARING,
    READS_THE_COUNT_AFTER_THE_WORK,
    STOPS_WITHOUT_WAKING,
    ADDS_WITHOUT_WAKING,
    LEAVES_THE_QUEUE_OPEN,
    ANSWERS_BEFORE_THE_OUTCOME,
    GIVES_UP_WITHOUT_CALLING_BACK,
    FORGETS_THE_REST_AFTER_AN_ERROR,
    TAKES_TRAININGS_AFTER_AN_ERROR
  }

  /** One command and who waits for it. */
  private static final class Task {
    private final Maintenance.Command command;
    private final Clock waiting;
    private volatile boolean isOver;
    private @Nullable Throwable failure;

    Task(Maintenance.Command command, Clock waiting) {
      this.command = command;
      this.waiting = waiting;
    }

    void end(@Nullable Throwable cause) {
      failure = cause;
      isOver = true;
      waiting.wake();
    }
  }

  private final @Nullable Fault fault;
  private final Clock clock;
  private final Trainings trainings;
  private final Deque<Task> tasks = new ArrayDeque<>();
  private final AtomicBoolean trainingWaits = new AtomicBoolean();
  private final AtomicLong asked = new AtomicLong();
  private volatile long settled;
  private volatile boolean ending;
  private boolean isClosed;
  private boolean isTraining;
  private volatile TrainingProgress progress = TrainingProgress.NONE;

  private FaultyCycle(@Nullable Fault fault, Clock clock, Trainings trainings) {
    this.fault = fault;
    this.clock = clock;
    this.trainings = trainings;
  }

  /** Cycles with this fault; with null a copy that should do. */
  static Source with(@Nullable Fault fault) {
    return (clock, trainings) -> new FaultyCycle(fault, clock, trainings);
  }

  private boolean has(Fault planted) {
    return fault == planted;
  }

  @Override
  public void run() {
    boolean isWell = false;
    try {
      while (!ending) {
        if (!step()) {
          clock.await(IDLE_NANOS);
        }
      }
      isWell = true;
    } finally {
      if (isWell || !has(Fault.FORGETS_THE_REST_AFTER_AN_ERROR)) {
        refuseAll();
      }
    }
  }

  private boolean step() {
    long seen = asked.get();
    Task task = next();
    if (task != null) {
      carryOut(task);
    } else if (isTraining || trainingWaits.get()) {
      train();
    } else {
      settled = has(Fault.READS_THE_COUNT_AFTER_THE_WORK) ? asked.get() : seen;
      return false;
    }
    return true;
  }

  private @Nullable Task next() {
    synchronized (tasks) {
      return tasks.poll();
    }
  }

  private void carryOut(Task task) {
    if (has(Fault.ANSWERS_BEFORE_THE_OUTCOME)) {
      task.end(null);
    }
    try {
      task.command.run();
      task.end(null);
    } catch (StoreException | RuntimeException e) {
      task.end(e);
    } catch (Error e) {
      task.end(e);
      throw e;
    }
  }

  private void refuseAll() {
    ending |= !has(Fault.TAKES_TRAININGS_AFTER_AN_ERROR);
    synchronized (tasks) {
      isClosed = !has(Fault.LEAVES_THE_QUEUE_OPEN);
      for (Task task : tasks) {
        task.end(busy("the device is ending"));
      }
      tasks.clear();
    }
  }

  private static StoreException busy(String message) {
    return new StoreException(Reason.BUSY, message, null);
  }

  @Override
  public void stop() {
    ending = true;
    if (!has(Fault.STOPS_WITHOUT_WAKING)) {
      clock.wake();
    }
  }

  @Override
  public void carryOut(Maintenance.Command command, Clock caller) throws StoreException {
    Task task = new Task(command, caller);
    add(task);
    long startedNanos = caller.nanoTime();
    while (!task.isOver) {
      long leftNanos = COMMAND_NANOS - (caller.nanoTime() - startedNanos);
      if (leftNanos <= 0 || Thread.currentThread().isInterrupted()) {
        giveUp(task);
      } else {
        caller.await(leftNanos);
      }
    }
    switch (task.failure) {
      case null -> {}
      case StoreException refusal -> throw refusal;
      default -> throw new IllegalStateException(task.failure);
    }
  }

  private void add(Task task) throws StoreException {
    synchronized (tasks) {
      if (isClosed) {
        throw busy("the device is ending");
      }
      asked.incrementAndGet();
      tasks.add(task);
    }
    if (!has(Fault.ADDS_WITHOUT_WAKING)) {
      clock.wake();
    }
  }

  private void giveUp(Task task) throws StoreException {
    synchronized (tasks) {
      if (task.isOver) {
        return;
      }
      throw busy(
          has(Fault.GIVES_UP_WITHOUT_CALLING_BACK) || tasks.remove(task)
              ? "the device is busy; try again"
              : "the device is still at it; status tells how it ends");
    }
  }

  @Override
  public void retrain() throws StoreException {
    if (ending) {
      throw busy("the device is ending");
    }
    if (has(Fault.COUNTS_BEFORE_THE_FLAG)) {
      asked.incrementAndGet();
    }
    if (has(Fault.TAKES_ONE_MORE_WITHOUT_COMPARING) && !trainingWaits.get()) {
      trainingWaits.set(true);
    } else if (!trainingWaits.compareAndSet(false, true)) {
      throw busy("a training runs and another waits; one more is not taken");
    }
    if (!has(Fault.COUNTS_BEFORE_THE_FLAG)) {
      asked.incrementAndGet();
    }
    clock.wake();
  }

  private void train() {
    if (isTraining) {
      trainings.end();
      isTraining = false;
      progress = new TrainingProgress(false, progress.count(), 1, 0f, "over");
      return;
    }
    if (has(Fault.CLEARS_THE_FLAG_BEFORE_THE_PROGRESS)) {
      trainingWaits.set(false);
    }
    progress = new TrainingProgress(true, progress.count() + 1, 0, 0f, progress.text());
    trainings.begin();
    isTraining = true;
    trainingWaits.set(false);
  }

  @Override
  public TrainingProgress progress() {
    TrainingProgress early = progress;
    boolean waits = trainingWaits.get();
    TrainingProgress now = has(Fault.READS_PROGRESS_BEFORE_THE_FLAG) ? early : progress;
    return waits ? now.asRunning() : now;
  }

  @Override
  public long asked() {
    return asked.get();
  }

  @Override
  public boolean isSettled(long ask) {
    return settled >= ask;
  }
}
