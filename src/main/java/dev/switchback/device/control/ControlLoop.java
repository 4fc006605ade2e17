package dev.switchback.device.control;

import dev.switchback.Clock;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.Wiring;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The duty cycle of the control thread: reads and debounces all switches, runs the model, drives
 * the LEDs.
 *
 * <ol>
 *   <li>Edges only wake the loop and the level that is read decides, so a lost edge costs at most
 *       one {@link #IDLE_PERIOD_NANOS}. Where edges are missing, the levels are read every {@link
 *       #READ_PERIOD_NANOS}.
 *   <li>The model is taken once per tick, so it never changes within a tick.
 *   <li>A tick allocates nothing, takes no lock and does not log.
 *   <li>Anything thrown in a tick is caught: the LEDs go off, the reason is kept, and the loop
 *       retries every {@link #FAULT_PERIOD_NANOS} until it works.
 *   <li>When {@link #run} ends, for any reason, the LEDs are off and {@link #outage} gives the
 *       reason.
 * </ol>
 *
 * <p>{@link #tick} and {@link #run} belong to the control thread; every other method may be called
 * on any thread. A loop runs once.
 */
public final class ControlLoop implements Runnable {
  /**
   * Sleep while no switch moves, unless an edge ends it: 500 ms. Whoever moves a switch needs that
   * long to turn to the LED and to see that it did not follow.
   */
  public static final long IDLE_PERIOD_NANOS = 500_000_000;

  /** Longest sleep while a switch is being debounced, or while edges are missing: 5 ms. */
  public static final long READ_PERIOD_NANOS = 5_000_000;

  /** Sleep after a fault, unless an edge ends it: 1 s. */
  public static final long FAULT_PERIOD_NANOS = 1_000_000_000;

  /** Added to the row of a request to go back to the configured lesson. */
  public static final int UNTEACH = TeachRequests.UNTEACH;

  private static final String NO_MODEL = "no model";
  private static final String READING_SWITCHES = "reading the switches";
  private static final String RUNNING_MODEL = "running the model";
  private static final String DRIVING_LEDS = "driving the LED";

  private final Clock clock;
  private final ModelSlot slot;
  private final Board board;
  private final int buttons;
  private final Debouncer[] debouncers;
  private final TeachButton teachButton;
  private final TeachRequests teachRequests = new TeachRequests();
  private final Blinking blinking = new Blinking();
  private Runnable onTeach = () -> {};
  private final float[] inputs;

  /** For networks of each number of outputs. */
  private final float[][] outputs = new float[TruthTable.MAX_LEDS + 1][];

  // Used by the control thread only.
  private String currentStep = RUNNING_MODEL;
  private int generation;

  /** Debounced levels of the switches, as a row, unless {@link #levelsKnown} is false. */
  private int levels;

  private boolean levelsKnown;

  /** How long after the last tick the next one has to be, because of a switch being debounced. */
  private long pendingNanos = Debouncer.NONE_PENDING;

  /** The operands, as a row. */
  private int row;

  private boolean rowKnown;

  /** One bit for each LED of the last model. */
  private int ledMask = 1;

  /** What the LEDs show, unless {@link #ledsKnown} is false. */
  private int ledsShown;

  private boolean ledsKnown;

  /** Whether a switch moved without an edge, and none has come since. */
  private boolean edgesMissing;

  // Set by the board's thread, reset by the control thread.
  private volatile boolean edgeCame;

  // Written by the control thread, read by any thread.
  private final LatestDecision decision = new LatestDecision();
  private volatile @Nullable String outage = "not started";
  private volatile @Nullable String lastFault;
  private final AtomicLong heartbeat = new AtomicLong();
  private final AtomicLong acceptedChanges = new AtomicLong();
  private final AtomicLong rejectedBounces = new AtomicLong();
  private final AtomicLong faults = new AtomicLong();

  private volatile boolean stopping;
  private volatile Runnable onDecision = () -> {};

  /**
   * Registers for edges of the board; reads and drives nothing yet.
   *
   * @param debouncePeriodNanos how long a new level must hold; 0 accepts it at once
   * @throws IllegalArgumentException if the period is negative, or the board has no switch or more
   *     than {@link Wiring#MAX_SWITCHES}
   */
  public ControlLoop(Clock clock, Board board, ModelSlot slot, long debouncePeriodNanos) {
    int count = board.switches();
    if (count < 1 || count > Wiring.MAX_SWITCHES) {
      throw new IllegalArgumentException(
          "the loop serves 1 to " + Wiring.MAX_SWITCHES + " switches, not " + count);
    }
    this.clock = clock;
    this.slot = slot;
    this.board = board;
    this.buttons = board.buttons();
    this.inputs = new float[count];
    this.debouncers = new Debouncer[count];
    for (int i = 0; i < count; i++) {
      debouncers[i] = new Debouncer(debouncePeriodNanos);
    }
    this.teachButton = new TeachButton(debouncePeriodNanos);
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = new float[i];
    }
    board.onEdge(this::edge);
  }

  private void edge() {
    edgeCame = true;
    clock.wake();
  }

  /** Ticks until {@link #stop} or an interrupt, then turns the LEDs off. */
  @Override
  public void run() {
    String end = "stopped by an error";
    try {
      while (!stopping && !Thread.currentThread().isInterrupted()) {
        clock.await(tick(clock.nanoTime()));
      }
      end = stopping ? "stopped" : "interrupted";
    } finally {
      publishOutage(end, turnLedsOff());
    }
  }

  /** Sets what runs, on the control thread, after the teach button asked for something. */
  public void onTeach(Runnable wake) {
    onTeach = wake;
  }

  /**
   * Returns and removes what the teach button asked for. Maintenance thread.
   *
   * @return the row whose answer shall change; {@link #UNTEACH} more to go back to the configured
   *     lesson; negative for nothing
   */
  public int takeTeachRequest() {
    return teachRequests.take();
  }

  /**
   * Blinks the wanted answer in one position until {@link #endBlinking}, at least once.
   *
   * @param leds number of LEDs
   */
  public void blink(int blinkingRow, int wanted, int leds) {
    blinking.teach(blinkingRow, wanted, (1 << leds) - 1);
    clock.wake();
  }

  /** Shows that a lesson was not taken: three flashes. */
  public void blinkRefusal(int leds) {
    blinking.refuse((1 << leds) - 1);
    clock.wake();
  }

  /** Ends what {@link #blink} began. */
  public void endBlinking() {
    blinking.end();
    clock.wake();
  }

  /**
   * Calls {@code wake} after each change of {@link #decision}, on the control thread; it must not
   * block or allocate. At most one listener. Any thread.
   */
  public void onDecision(Runnable wake) {
    onDecision = wake;
  }

  /** Starts the next tick at once, for example after a model was published. Any thread. */
  public void wake() {
    clock.wake();
  }

  /** Ends {@link #run} after the current tick; does not wait for it. */
  public void stop() {
    stopping = true;
    clock.wake();
  }

  /**
   * Runs one duty cycle. Exceptions of pins and the model are caught.
   *
   * @param nowNanos the clock's time
   * @return nanoseconds until the next tick: {@link #IDLE_PERIOD_NANOS}, at most {@link
   *     #READ_PERIOD_NANOS} while a switch is being debounced or edges are missing, {@link
   *     #FAULT_PERIOD_NANOS} after a fault
   */
  public long tick(long nowNanos) {
    long nextNanos;
    try {
      nextNanos = cycle(nowNanos);
    } catch (Throwable cause) {
      nextNanos = recover(cause);
    }
    count(heartbeat, 1);
    return nextNanos;
  }

  private long cycle(long nowNanos) {
    ModelSlot.Entry entry = slot.entry();
    generation = entry == null ? 0 : entry.generation();
    readSwitches(nowNanos);
    if (entry == null) {
      idle(nowNanos);
    } else {
      decide(entry.model(), nowNanos);
    }
    long ownNanos =
        Math.min(teachButton.remainingNanos(nowNanos), blinking.remainingNanos(nowNanos));
    return Math.min(periodNanos(), Math.min(pendingNanos, ownNanos));
  }

  private long periodNanos() {
    boolean isSettled = pendingNanos == Debouncer.NONE_PENDING && !teachButton.isPending();
    return isSettled && !edgesMissing && board.hasEdges() ? IDLE_PERIOD_NANOS : READ_PERIOD_NANOS;
  }

  /** Debounces only if there is something to debounce. */
  private void readSwitches(long nowNanos) {
    currentStep = READING_SWITCHES;
    boolean hasEdge = edgeCame;
    if (hasEdge) {
      edgeCame = false;
      edgesMissing = false;
    }
    int reading = board.readSwitches();
    readLevels(reading & ~Board.TEACH, hasEdge, nowNanos);
    int request = teachButton.update((reading & Board.TEACH) != 0, row, nowNanos);
    if (request != TeachRequests.NONE) {
      if (teachRequests.add(request)) {
        onTeach.run();
      } else {
        blinking.refuse(ledMask);
      }
    }
  }

  private void readLevels(int reading, boolean hasEdge, long nowNanos) {
    boolean isSettled = levelsKnown && pendingNanos == Debouncer.NONE_PENDING;
    if (isSettled && reading == levels) {
      return;
    }
    // The edge of a change that is read before it is reported follows, and ends this.
    edgesMissing |= isSettled && !hasEdge;
    accept(debounce(reading, nowNanos));
  }

  private int debounce(int reading, long nowNanos) {
    int newLevels = 0;
    long nextNanos = Debouncer.NONE_PENDING;
    long bounces = 0;
    for (int i = 0; i < debouncers.length; i++) {
      Debouncer debouncer = debouncers[i];
      boolean isClosed = TruthTable.level(reading, i, debouncers.length) == 1;
      newLevels = newLevels << 1 | (debouncer.update(isClosed, nowNanos) ? 1 : 0);
      nextNanos = Math.min(nextNanos, debouncer.remainingNanos(nowNanos));
      bounces += debouncer.bounces();
    }
    pendingNanos = nextNanos;
    rejectedBounces.setRelease(bounces);
    return newLevels;
  }

  /** A toggle switch is its operand; a press of a button, but not its release, changes it. */
  private void accept(int newLevels) {
    int pressed = levelsKnown ? newLevels & ~levels : 0;
    int newRow = (newLevels & ~buttons) | ((row ^ pressed) & buttons);
    if (rowKnown) {
      count(acceptedChanges, Integer.bitCount(row ^ newRow));
    }
    levels = newLevels;
    levelsKnown = true;
    row = newRow;
    rowKnown = true;
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = TruthTable.level(newRow, i, inputs.length);
    }
  }

  private void idle(long nowNanos) {
    drive(blinking.show(0, row, nowNanos));
    publishOutage(NO_MODEL);
  }

  private void decide(Model model, long nowNanos) {
    currentStep = RUNNING_MODEL;
    Topology topology = model.topology();
    requireFit(topology);
    float[] numbers = outputs[topology.outputs()];
    model.infer(inputs, numbers);
    requireFinite(numbers);
    int answer = topology.answer(numbers);
    ledMask = (1 << topology.leds()) - 1;
    drive(blinking.show(answer, row, nowNanos));
    outage = null;
    if (decision.set(generation, row, answer, topology, numbers)) {
      onDecision.run();
    }
  }

  private void requireFit(Topology topology) {
    if (topology.inputs() != inputs.length || !TruthTable.fits(topology)) {
      throw mismatch(topology);
    }
  }

  private IllegalStateException mismatch(Topology topology) {
    return new IllegalStateException(
        "a model of "
            + topology.inputs()
            + " inputs and "
            + topology.outputs()
            + " outputs does not fit "
            + inputs.length
            + " switches and 1 to "
            + TruthTable.MAX_LEDS
            + " LEDs");
  }

  private static void requireFinite(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw new IllegalStateException("the output is " + number);
      }
    }
  }

  private void drive(int shown) {
    if (ledsKnown && ledsShown == shown) {
      return;
    }
    currentStep = DRIVING_LEDS;
    board.setLeds(shown);
    ledsShown = shown;
    ledsKnown = true;
  }

  /** Drives the safe state, then publishes the reason. The state of debouncing is reset. */
  private long recover(Throwable cause) {
    for (Debouncer debouncer : debouncers) {
      debouncer.reset();
    }
    teachButton.reset();
    levelsKnown = false;
    boolean dark = turnLedsOff();
    String message = cause.getMessage();
    String reason = currentStep + ": " + (message == null ? cause.toString() : message);
    lastFault = reason;
    publishOutage(reason, dark);
    count(faults, 1);
    return FAULT_PERIOD_NANOS;
  }

  private void publishOutage(String reason, boolean dark) {
    publishOutage(dark ? reason : reason + "; the LED could not be switched off");
  }

  /** Writes the decision last, so that a reader who sees it also sees its outage. */
  private void publishOutage(String reason) {
    outage = reason;
    if (decision.setUndecided(generation, row)) {
      onDecision.run();
    }
  }

  /** Tries to reach the safe state. The next drive writes the LEDs in any case. */
  private boolean turnLedsOff() {
    ledsKnown = false;
    try {
      board.setLeds(0);
      return true;
    } catch (Throwable cause) {
      return false;
    }
  }

  private static void count(AtomicLong counter, long increment) {
    counter.setRelease(counter.getPlain() + increment);
  }

  /** Returns the last decision. Allocates, so it is for other threads only. */
  public Decision decision() {
    return decision.get();
  }

  /**
   * Returns why there is no valid decision: a fault, {@code no model}, {@code stopped}; null if
   * there is one.
   */
  public @Nullable String outage() {
    return outage;
  }

  /** Returns the last fault, even after it is over; null if there was none. */
  public @Nullable String lastFault() {
    return lastFault;
  }

  /**
   * Returns the number of completed ticks, including faulty ones. It stops if the loop hangs or
   * ends.
   */
  public long heartbeat() {
    return heartbeat.getAcquire();
  }

  /** Returns the number of ticks that ended in a fault. */
  public long faults() {
    return faults.getAcquire();
  }

  /** Returns the number of debounced changes of all switches. */
  public long acceptedChanges() {
    return acceptedChanges.getAcquire();
  }

  /** Returns the number of changes that did not hold for the debounce period, of all switches. */
  public long rejectedBounces() {
    return rejectedBounces.getAcquire();
  }
}
