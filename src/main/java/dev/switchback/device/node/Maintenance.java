package dev.switchback.device.node;

import dev.switchback.Clock;
import dev.switchback.core.LossCurve;
import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.config.Lesson;
import dev.switchback.device.control.ControlLoop;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.StoreException.Reason;
import dev.switchback.lesson.Teaching;
import dev.switchback.lesson.TrainingAdvice;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The maintenance thread's duty cycle: commands first, one after the other, and between them one
 * training, epoch by epoch.
 *
 * <ol>
 *   <li>At most {@link #MAX_WAITING} commands wait, and at most one training waits behind the
 *       running one; more are refused with {@link Reason#BUSY}.
 *   <li>Every caller that waits for a command gets its result, or a refusal if the cycle ends
 *       before its turn.
 *   <li>A training that fails, whatever its failure, is over; nothing begins it again by itself.
 *   <li>An exception ends the command or the training it came from; an error ends the cycle.
 * </ol>
 *
 * <p>{@link #step} and {@link #run} belong to the maintenance thread; every other method may be
 * called on any thread.
 */
final class Maintenance implements Runnable {
  /** Maximum number of waiting commands. */
  static final int MAX_WAITING = 8;

  /** No position in which the LEDs blink. */
  private static final int NOWHERE = -1;

  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);
  private static final long IDLE_NANOS = 3_600_000_000_000L;

  /** A training that is held may be let go at any moment. */
  private static final long MAX_HOLD_NANOS = 20_000_000;

  /** Epochs between two looks that others can take at a training. */
  private static final int LOOK_EPOCHS = 16;

  /** A command for the maintenance thread. */
  @FunctionalInterface
  interface Command {
    void run() throws StoreException;
  }

  /** A command and its waiting caller. */
  private static final class Task {
    private final Command command;
    private final Clock waiting;
    private volatile boolean isOver;
    private @Nullable Throwable failure;

    Task(Command command, Clock waiting) {
      this.command = command;
      this.waiting = waiting;
    }

    void end(@Nullable Throwable cause) {
      failure = cause;
      isOver = true;
      waiting.wake();
    }
  }

  private final TrainingListener listener;
  private final Weights weights;
  private final ControlLoop loop;
  private final TruthTable configured;
  private final Clock clock;

  private final Deque<Task> tasks = new ArrayDeque<>();
  private final AtomicBoolean trainingWaits = new AtomicBoolean();

  /** Things asked for so far, and how many of them were done when there was nothing left to do. */
  private final AtomicLong asked = new AtomicLong();

  private volatile long settled;
  private volatile boolean ending;

  /** Guarded by {@link #tasks}: no more commands are accepted. */
  private boolean isClosed;

  // The maintenance thread's own.
  private @Nullable TrainingSession training;
  private TruthTable answered;

  /** The lesson of the training, if a person taught it. */
  private @Nullable TruthTable taught;

  private long nextSeed;

  // Written by the maintenance thread, read by any.
  private volatile Lesson lesson;
  private final LossCurve curve = new LossCurve();
  private volatile TrainingProgress progress = TrainingProgress.NONE;

  /**
   * Reads nothing before {@link #begin}.
   *
   * @param lesson of the configuration, which is learnt first
   * @param seed of the first training; each further one takes the next
   * @param clock the maintenance thread's own
   */
  Maintenance(
      Lesson lesson,
      long seed,
      Weights weights,
      ControlLoop loop,
      TrainingListener listener,
      Clock clock) {
    this.lesson = lesson;
    this.configured = lesson.truth();
    this.loop = loop;
    loop.onTeach(clock::wake);
    this.answered = lesson.truth();
    this.nextSeed = seed;
    this.weights = weights;
    this.listener = listener;
    this.clock = clock;
  }

  /** Requests the first choice of weights without waiting for it. */
  void begin(String board) {
    synchronized (tasks) {
      asked.incrementAndGet();
      tasks.add(new Task(() -> firstWeights(board), clock));
    }
  }

  private void firstWeights(String board) throws StoreException {
    weights.apply(Event.START, null);
    follow();
    // Not before: the logger is slow with its first line, and the LED does not wait for it.
    Logger.info("board {}, truth {}, {}", board, lesson.truth(), lesson.topology());
    if (weights.parameters() == null) {
      Logger.info("no weights yet: the LED stays dark until they are learnt");
    }
    if (weights.isUntaught()) {
      trainingWaits.set(true);
    }
  }

  @Override
  public void run() {
    try {
      while (!ending) {
        if (!step()) {
          clock.await(
              training == null ? IDLE_NANOS : Math.min(listener.holdNanos(), MAX_HOLD_NANOS));
        }
      }
    } finally {
      refuseAll();
    }
  }

  /**
   * Runs one duty cycle: a command, a press of the teach button, the beginning of a training, or
   * one of its epochs.
   *
   * @return whether there was work to do
   */
  boolean step() {
    long seen = asked.get();
    Task task = next();
    if (task != null) {
      carryOut(task);
      follow();
    } else if (obeyButton()) {
      follow();
    } else if (training != null && listener.holdNanos() > 0) {
      return false;
    } else if (training != null || trainingWaits.get()) {
      train();
    } else {
      settled = seen;
      return false;
    }
    return true;
  }

  /** Returns whether the teach button asked for something. */
  private boolean obeyButton() {
    int request = loop.takeTeachRequest();
    if (request < 0) {
      return false;
    }
    try {
      Taught result =
          request >= ControlLoop.UNTEACH
              ? teach(configured, request - ControlLoop.UNTEACH)
              : teachNext(request);
      Logger.info("teach button: {}", result.text());
    } catch (StoreException e) {
      Logger.warn("teach button refused: {}", e.getMessage());
      loop.blinkRefusal(configured.leds());
    }
    return true;
  }

  private @Nullable Task next() {
    synchronized (tasks) {
      return tasks.poll();
    }
  }

  private static void carryOut(Task task) {
    try {
      task.command.run();
      task.end(null);
    } catch (StoreException e) {
      task.end(e);
    } catch (RuntimeException e) {
      Logger.error(e, "a command failed; maintenance goes on");
      task.end(e);
    } catch (Error e) {
      task.end(e);
      throw e;
    }
  }

  /** Takes over the lesson of an image that came, and ends a training that it outdates. */
  private void follow() {
    TruthTable now = weights.truth();
    boolean hasCome = !now.equals(answered) || weights.status().running().onTrial();
    answered = now;
    TrainingSession running = training;
    if (hasCome && running != null && (taught != null || !running.truth().equals(now))) {
      listener.ended(running);
      endTraining("stopped: the lesson is " + now + " now");
    }
    if (hasCome) {
      lesson = lesson.with(now);
    }
  }

  /** What waits does not get its turn, and what comes later neither, a training included. */
  void refuseAll() {
    ending = true; // Nobody told it to stop where an error ended it.
    synchronized (tasks) {
      isClosed = true;
      for (Task task : tasks) {
        task.end(busy("the device is ending"));
      }
      tasks.clear();
    }
  }

  private static StoreException busy(String message) {
    return new StoreException(Reason.BUSY, message, null);
  }

  /** Stops {@link #run} after the current step, without waiting for it. */
  void stop() {
    ending = true;
    clock.wake();
  }

  /**
   * Runs a command on the maintenance thread and waits for it.
   *
   * @param caller the clock of the calling thread, to wait on
   */
  void carryOut(Command command, Clock caller) throws StoreException {
    Task task = new Task(command, caller);
    add(task);
    long startedNanos = caller.nanoTime();
    while (!task.isOver) {
      long leftNanos = COMMAND_LIMIT.toNanos() - (caller.nanoTime() - startedNanos);
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
      if (tasks.size() >= MAX_WAITING) {
        throw busy("the device is busy: " + MAX_WAITING + " commands wait already; try again");
      }
      asked.incrementAndGet();
      tasks.add(task);
    }
    clock.wake();
  }

  /** A command that has begun cannot be cancelled; one that has not will not begin. */
  private void giveUp(Task task) throws StoreException {
    synchronized (tasks) {
      if (task.isOver) {
        return;
      }
      throw busy(
          tasks.remove(task)
              ? "the device is busy; try again"
              : "the device is still at it; status tells how it ends");
    }
  }

  /**
   * Begins a training at once, in place of any that runs: a command.
   *
   * @throws StoreException if an image is on trial or the configuration insists on another lesson
   */
  void learn(Lesson newLesson, long seed) throws StoreException {
    weights.requireTeachable(newLesson.truth());
    lesson = newLesson;
    nextSeed = seed;
    begin(progress);
  }

  /** Teaches a lesson: a command. */
  Taught teach(Teaching teaching) throws StoreException {
    return switch (teaching) {
      case Teaching.Table(TruthTable truth) -> teach(truth, NOWHERE);
      case Teaching.Position(int row, int answer) ->
          teach(lesson.truth().withAnswer(row, answer), row);
    };
  }

  /** Teaches a position the next answer, which is the other one if there is one LED: a command. */
  Taught teachNext(int row) throws StoreException {
    TruthTable present = lesson.truth();
    int answers = 1 << present.leds();
    return teach(present.withAnswer(row, (present.answer(row) + 1) % answers), row);
  }

  /** Teaches the configured lesson: a command. */
  Taught unteach() throws StoreException {
    return teach(configured, NOWHERE);
  }

  /**
   * Begins a training of another lesson by the same rules, or ends one whose lesson is taken back.
   *
   * @param row where the LEDs blink meanwhile, or {@link #NOWHERE}
   */
  private Taught teach(TruthTable wanted, int row) throws StoreException {
    weights.requireTeachable(wanted);
    Lesson next = lesson.with(wanted);
    String impossible = TrainingAdvice.impossible(next.topology(), wanted);
    if (impossible != null) {
      throw new StoreException(Reason.REFUSED, impossible, null);
    }
    boolean isAnswered = weights.parameters() != null && wanted.equals(weights.truth());
    taught = null;
    if (training != null) {
      listener.ended(training);
      endTraining("stopped: the lesson is " + wanted + " now");
    }
    lesson = next;
    if (!isAnswered) {
      begin(progress);
      taught = wanted;
      if (row != NOWHERE) {
        loop.blink(row, wanted.answer(row), wanted.leds());
      }
    }
    return new Taught(wanted, !isAnswered);
  }

  /** What is being learnt, or else what the next training learns. */
  Lesson lesson() {
    return lesson;
  }

  /**
   * Requests a training from the next seed; returns at once.
   *
   * @throws StoreException if one waits already, or the device is ending
   */
  void retrain() throws StoreException {
    if (ending) {
      throw busy("the device is ending");
    }
    if (!trainingWaits.compareAndSet(false, true)) {
      throw busy("a training runs and another waits; one more is not taken");
    }
    asked.incrementAndGet();
    clock.wake();
  }

  private void train() {
    try {
      if (training == null) {
        beginTraining();
      } else {
        trainOn(training);
      }
    } catch (RuntimeException e) {
      Logger.error(e, "a training failed; maintenance goes on");
      endTraining("failed: " + e);
    }
  }

  private void beginTraining() {
    TrainingProgress before = progress;
    try {
      begin(before);
    } finally {
      // After the progress was written: who sees no training waiting sees this one.
      trainingWaits.set(false);
    }
  }

  private void begin(TrainingProgress before) {
    if (weights.status().running().onTrial()) {
      String refusal = "refused: confirm or revert the trial first";
      endTraining(refusal);
      Logger.warn("training {}", refusal);
      return;
    }
    training = null;
    taught = null;
    loop.endBlinking();
    progress = new TrainingProgress(true, before.count() + 1, 0, Float.NaN, before.text());
    curve.begin(before.count() + 1);
    TrainingSession begun =
        new TrainingSession(lesson.recipe(), lesson.truth(), weights.engine(), nextSeed++, null);
    listener.began(begun);
    training = begun;
  }

  private void trainOn(TrainingSession now) {
    if (now.step()) {
      curve.add(now.epochs(), (float) now.loss(), now.restarts());
      if (now.epochs() % LOOK_EPOCHS == 0) {
        look(now);
      }
      listener.trained(now);
      return;
    }
    String summary = now.summary();
    listener.ended(now);
    if (now.isSolved()) {
      weights.keep(now);
    } else {
      Logger.warn("{}; {}", summary, TrainingAdvice.of(now));
    }
    lesson = lesson.with(weights.truth());
    look(now);
    endTraining(summary);
    follow();
  }

  private void look(TrainingSession now) {
    progress =
        new TrainingProgress(
            true, progress.count(), now.epochs(), (float) now.loss(), progress.text());
  }

  private void endTraining(String text) {
    training = null;
    loop.endBlinking();
    if (taught != null && !taught.equals(weights.truth())) {
      loop.blinkRefusal(configured.leds());
    }
    taught = null;
    progress =
        new TrainingProgress(false, progress.count(), progress.epochs(), progress.loss(), text);
  }

  /** What the moment after all that was asked for before is known by. */
  long asked() {
    return asked.get();
  }

  /** Whether all was done that {@link #asked} counted. */
  boolean isSettled(long ask) {
    return settled >= ask;
  }

  /** Returns the training progress; a requested training counts as running. */
  TrainingProgress progress() {
    boolean waits = trainingWaits.get(); // First: see train().
    TrainingProgress now = progress;
    return waits ? now.asRunning() : now;
  }

  LossCurve curve() {
    return curve;
  }
}
