package dev.switchback.device.control;

import dev.switchback.Clock;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Topology;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.InputPin;
import dev.switchback.device.board.OutputPin;
import dev.switchback.device.board.Wiring;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The control thread's duty cycle: levels in, debounced, through the model, out on the LED.
 *
 * <ol>
 *   <li>Edges only wake the loop and the level that is read decides, so a lost edge costs at most
 *       one {@link #IDLE_PERIOD_NANOS}.
 *   <li>The model is taken once per tick, so it changes between ticks and never inside one.
 *   <li>A tick allocates nothing, takes no lock and does not log.
 *   <li>Whatever is thrown in a tick ends there: the LED goes off, the reason is kept, and the loop
 *       tries again every {@link #FAULT_PERIOD_NANOS} until it works.
 *   <li>When {@link #run} ends, for whatever reason, the LED is off and {@link #outage} says why.
 * </ol>
 *
 * <p>{@link #tick} and {@link #run} belong to the control thread; every other method may be called
 * on any thread. A loop runs once.
 */
public final class ControlLoop implements Runnable {
  /** Longest sleep between two ticks while all is well: 5 ms. */
  public static final long IDLE_PERIOD_NANOS = 5_000_000;

  /** Sleep after a fault, unless an edge ends it: 1 s. */
  public static final long FAULT_PERIOD_NANOS = 1_000_000_000;

  private static final String NO_MODEL = "no model";
  private static final String ASKING_MODEL = "asking the model";
  private static final String DRIVING_LED = "driving the LED";

  private final Clock clock;
  private final ModelSlot slot;
  private final InputPin[] switches;
  private final Debouncer[] debouncers;
  private final String[] readingSwitch;
  private final OutputPin led;
  private final float[] inputs;
  private final float[] oneOutput = new float[1];
  private final float[] twoOutputs = new float[2];

  // The control thread's own.
  private String doing = ASKING_MODEL;
  private int generation;
  private int row;
  private boolean rowKnown;
  private boolean ledLit;
  private boolean ledKnown;

  // Written by the control thread, read by any.
  private volatile long decision;
  private volatile @Nullable String outage = "not started";
  private volatile @Nullable String lastFault;
  private final AtomicLong heartbeat = new AtomicLong();
  private final AtomicLong acceptedChanges = new AtomicLong();
  private final AtomicLong rejectedBounces = new AtomicLong();
  private final AtomicLong faults = new AtomicLong();

  private volatile boolean stopping;

  /**
   * Asks the board for wake-ups but touches no pin yet.
   *
   * @param debouncePeriodNanos how long a new level must hold; 0 follows at once
   * @throws IllegalArgumentException if the period is negative, or the board has no switch or more
   *     than {@link Wiring#MAX_SWITCHES}
   */
  public ControlLoop(Clock clock, Board board, ModelSlot slot, long debouncePeriodNanos) {
    List<InputPin> pins = board.switches();
    int count = pins.size();
    if (count < 1 || count > Wiring.MAX_SWITCHES) {
      throw new IllegalArgumentException(
          "the loop serves 1 to " + Wiring.MAX_SWITCHES + " switches, not " + count);
    }
    this.clock = clock;
    this.slot = slot;
    this.led = board.led();
    this.switches = pins.toArray(new InputPin[0]);
    this.inputs = new float[count];
    this.debouncers = new Debouncer[count];
    this.readingSwitch = new String[count];
    for (int i = 0; i < count; i++) {
      debouncers[i] = new Debouncer(debouncePeriodNanos);
      readingSwitch[i] = "reading " + Wiring.switchName(i);
    }
    board.onEdge(clock::wake);
  }

  /** Ticks until {@link #stop} or an interrupt, then leaves the LED off. */
  @Override
  public void run() {
    String end = "stopped by an error";
    try {
      while (!stopping && !Thread.currentThread().isInterrupted()) {
        clock.await(tick(clock.nanoTime()));
      }
      end = stopping ? "stopped" : "interrupted";
    } finally {
      giveUp(end, goDark());
    }
  }

  /** Has the next tick come at once, for instance after a model was published. Any thread. */
  public void wake() {
    clock.wake();
  }

  /** Ends {@link #run} after the tick at hand; does not wait for it. */
  public void stop() {
    stopping = true;
    clock.wake();
  }

  /**
   * One duty cycle. Throws nothing that a pin or the model threw.
   *
   * @param nowNanos the clock's time
   * @return nanoseconds until the next tick is wanted: never more than {@link #IDLE_PERIOD_NANOS},
   *     less while a switch is being debounced, {@link #FAULT_PERIOD_NANOS} after a fault
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
    readRow(nowNanos);
    if (entry == null) {
      idle();
    } else {
      decide(entry.model());
    }
    return nanosToNextTick(nowNanos);
  }

  private void readRow(long nowNanos) {
    int newRow = 0;
    long bounces = 0;
    for (int i = 0; i < switches.length; i++) {
      doing = readingSwitch[i];
      boolean closed = debouncers[i].update(switches[i].isActive(), nowNanos);
      inputs[i] = closed ? 1f : 0f;
      newRow = newRow << 1 | (closed ? 1 : 0);
      bounces += debouncers[i].bounces();
    }
    if (rowKnown) {
      count(acceptedChanges, Integer.bitCount(row ^ newRow));
    }
    row = newRow;
    rowKnown = true;
    rejectedBounces.setRelease(bounces);
  }

  private void idle() {
    drive(false);
    publish(NO_MODEL, Decision.undecided(generation, row));
  }

  private void decide(Model model) {
    doing = ASKING_MODEL;
    float[] outputs = outputsFor(model.topology());
    model.infer(inputs, outputs);
    requireFinite(outputs);
    boolean lit = Model.answer(outputs) == 1;
    drive(lit);
    publish(null, Decision.answered(generation, row, lit, Model.displayedOutput(outputs)));
  }

  private float[] outputsFor(Topology topology) {
    if (topology.inputs() != switches.length || topology.outputs() > twoOutputs.length) {
      throw misfit(topology);
    }
    return topology.outputs() == 1 ? oneOutput : twoOutputs;
  }

  private IllegalStateException misfit(Topology topology) {
    return new IllegalStateException(
        "a model of "
            + topology.inputs()
            + " inputs and "
            + topology.outputs()
            + " outputs does not fit "
            + switches.length
            + " switches and one LED");
  }

  private static void requireFinite(float[] outputs) {
    for (float output : outputs) {
      if (!Float.isFinite(output)) {
        throw new IllegalStateException("the output is " + output);
      }
    }
  }

  private void drive(boolean lit) {
    if (ledKnown && ledLit == lit) {
      return;
    }
    doing = DRIVING_LED;
    led.setActive(lit);
    ledLit = lit;
    ledKnown = true;
  }

  private long nanosToNextTick(long nowNanos) {
    long nanos = IDLE_PERIOD_NANOS;
    for (Debouncer debouncer : debouncers) {
      nanos = Math.min(nanos, debouncer.remainingNanos(nowNanos));
    }
    return nanos;
  }

  /** The safe state, then the reason. What the switches were doing is forgotten. */
  private long recover(Throwable cause) {
    for (Debouncer debouncer : debouncers) {
      debouncer.reset();
    }
    boolean dark = goDark();
    String message = cause.getMessage();
    String reason = doing + ": " + (message == null ? cause.toString() : message);
    lastFault = reason;
    giveUp(reason, dark);
    count(faults, 1);
    return FAULT_PERIOD_NANOS;
  }

  private void giveUp(String reason, boolean dark) {
    publish(
        dark ? reason : reason + "; the LED could not be switched off",
        Decision.undecided(generation, row));
  }

  /** Tries to reach the safe state; the next drive writes whatever came of it. */
  private boolean goDark() {
    ledKnown = false;
    try {
      led.setActive(false);
      return true;
    } catch (Throwable cause) {
      return false;
    }
  }

  /** The decision last: who sees it sees the outage that goes with it, or none. */
  private void publish(@Nullable String newOutage, long newDecision) {
    outage = newOutage;
    decision = newDecision;
  }

  private static void count(AtomicLong counter, long increment) {
    counter.setRelease(counter.getPlain() + increment);
  }

  /** The last decision. Allocates it: for readers on other threads. */
  public Decision decision() {
    return Decision.unpack(decision);
  }

  /**
   * Why there is no valid decision: a fault, {@code no model}, {@code stopped}; null while the loop
   * decides.
   */
  public @Nullable String outage() {
    return outage;
  }

  /** The last fault, kept after it is over; null if there was none. */
  public @Nullable String lastFault() {
    return lastFault;
  }

  /** Ticks that came to an end, faulty ones included: stands still if the loop hangs or is over. */
  public long heartbeat() {
    return heartbeat.getAcquire();
  }

  /** Ticks that ended in a fault. */
  public long faults() {
    return faults.getAcquire();
  }

  /** Debounced changes of all switches. */
  public long acceptedChanges() {
    return acceptedChanges.getAcquire();
  }

  /** Changes of all switches that did not hold for the debounce period. */
  public long rejectedBounces() {
    return rejectedBounces.getAcquire();
  }
}
