package dev.switchback.sim;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.SimulatedSwitches;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A board in memory that fails on demand. Misuse (reading or driving after {@link #close}, adding a
 * second listener) throws, and is recorded for {@link #requireNoMisuse} in case the caller swallows
 * the exception. Not thread-safe.
 */
public final class FakeBoard implements Board, SimulatedSwitches {
  private static final int KEPT_WRITES = 100;

  private final int switches;
  private final int buttons;
  private final List<String> misuse = new ArrayList<>();
  private final List<Integer> ledWrites = new ArrayList<>(KEPT_WRITES);
  private @Nullable Runnable wake;
  private boolean hasEdges = true;
  private @Nullable Throwable readFault;
  private @Nullable Throwable writeFault;
  private int row;
  private int shown;
  private boolean closed;
  private boolean teach;
  private long reads;

  public FakeBoard(int switches) {
    this(switches, 0);
  }

  /**
   * @param buttons the push buttons among the switches, as a row
   */
  public FakeBoard(int switches, int buttons) {
    this.switches = switches;
    this.buttons = buttons;
  }

  /** Sets a switch; the edge wakes the loop. */
  public void set(int index, boolean active) {
    int before = row;
    setWithLostEdge(index, active);
    if (row != before && hasEdges && wake != null) {
      wake.run();
    }
  }

  /** Makes the board one without edge events. */
  public FakeBoard withoutEdges() {
    hasEdges = false;
    return this;
  }

  /** Sets a switch without an edge event. */
  public void setWithLostEdge(int index, boolean active) {
    row = TruthTable.withLevel(row, index, switches, active);
  }

  /** Presses or releases the teach button. */
  public void setTeach(boolean pressed) {
    teach = pressed;
    if (wake != null) {
      wake.run();
    }
  }

  /** Sets all switches to a row of the truth table. */
  public void setRow(int row) {
    for (int i = 0; i < switches; i++) {
      set(i, TruthTable.level(row, i, switches) == 1);
    }
  }

  @Override
  public void setSwitch(int index, boolean closed) {
    set(index, closed);
  }

  /** Makes every reading throw; null ends the fault. */
  public void failReads(@Nullable Throwable fault) {
    readFault = fault;
  }

  /** Makes every write of the LEDs throw; null ends the fault. */
  public void failWrites(@Nullable Throwable fault) {
    writeFault = fault;
  }

  /** Returns the truth table row of the current switch positions. */
  public int row() {
    return row;
  }

  /** Simulates the end of the program: the LED keeps its level until the next one starts. */
  public void release() {
    wake = null;
    closed = false;
  }

  /** Returns what the LEDs show: one bit per LED, the first as the most significant. */
  public int shown() {
    return shown;
  }

  /** Whether the only LED is lit. */
  public boolean ledActive() {
    return shown == 1;
  }

  /** Returns the first hundred successful writes, oldest first. */
  public List<Integer> ledWrites() {
    return List.copyOf(ledWrites);
  }

  /** Returns the number of successful readings. */
  public long reads() {
    return reads;
  }

  public void requireNoMisuse() {
    if (!misuse.isEmpty()) {
      throw new AssertionError("the board was misused: " + misuse);
    }
  }

  @Override
  public int switches() {
    return switches;
  }

  @Override
  public int buttons() {
    return buttons;
  }

  @Override
  public int readSwitches() {
    requireUse(!closed, "switches read after close");
    rethrow(readFault);
    reads++;
    return teach ? row | TEACH : row;
  }

  @Override
  public void setLeds(int answer) {
    requireUse(!closed, "LED written after close");
    rethrow(writeFault);
    shown = answer;
    if (ledWrites.size() < KEPT_WRITES) {
      ledWrites.add(answer);
    }
  }

  @Override
  public void onEdge(Runnable wake) {
    requireUse(!closed, "listener added after close");
    requireUse(this.wake == null, "second listener");
    this.wake = wake;
  }

  @Override
  public boolean hasEdges() {
    return hasEdges;
  }

  @Override
  public void close() {
    closed = true;
    shown = 0;
    wake = null;
  }

  @Override
  public String toString() {
    return "fake board";
  }

  private void requireUse(boolean fine, String what) {
    if (!fine) {
      misuse.add(what);
      throw new AssertionError(what);
    }
  }

  private static void rethrow(@Nullable Throwable fault) {
    switch (fault) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalArgumentException("boards throw unchecked only", fault);
    }
  }
}
