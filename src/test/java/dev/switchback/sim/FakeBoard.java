package dev.switchback.sim;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.InputPin;
import dev.switchback.device.board.OutputPin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A board in memory that fails on demand. Misuse (using a pin after {@link #close}, adding a second
 * listener) throws, and is recorded for {@link #requireNoMisuse} in case the caller swallows the
 * exception. Not thread-safe.
 */
public final class FakeBoard implements Board {
  private static final int KEPT_WRITES = 100;

  private final boolean[] levels;
  private final @Nullable Throwable[] readFaults;
  private final List<InputPin> switches = new ArrayList<>();
  private final List<String> misuse = new ArrayList<>();
  private final List<Boolean> ledWrites = new ArrayList<>(KEPT_WRITES);
  private @Nullable Runnable wake;
  private @Nullable Throwable writeFault;
  private boolean led;
  private boolean closed;
  private long reads;

  public FakeBoard(int switchCount) {
    levels = new boolean[switchCount];
    readFaults = new Throwable[switchCount];
    for (int i = 0; i < switchCount; i++) {
      int index = i;
      switches.add(() -> read(index));
    }
  }

  /** Sets a switch; the edge wakes the loop. */
  public void set(int index, boolean active) {
    boolean edge = levels[index] != active;
    levels[index] = active;
    if (edge && wake != null) {
      wake.run();
    }
  }

  /** Sets a switch without an edge event. */
  public void setWithLostEdge(int index, boolean active) {
    levels[index] = active;
  }

  /** Sets all switches to a row of the truth table. */
  public void setRow(int row) {
    for (int i = 0; i < levels.length; i++) {
      set(i, TruthTable.level(row, i, levels.length) == 1);
    }
  }

  /** Makes every read of a switch throw; null ends the fault. */
  public void failReads(int index, @Nullable Throwable fault) {
    readFaults[index] = fault;
  }

  /** Makes every write of the LED throw; null ends the fault. */
  public void failWrites(@Nullable Throwable fault) {
    writeFault = fault;
  }

  /** Returns the truth table row of the current switch positions. */
  public int row() {
    int row = 0;
    for (boolean level : levels) {
      row = 2 * row + (level ? 1 : 0);
    }
    return row;
  }

  /** Simulates the end of the program: the LED keeps its level until the next one starts. */
  public void release() {
    wake = null;
    closed = false;
  }

  public boolean ledActive() {
    return led;
  }

  /** Returns the first hundred successful writes, oldest first. */
  public List<Boolean> ledWrites() {
    return List.copyOf(ledWrites);
  }

  /** Returns the number of successful reads of all switches. */
  public long reads() {
    return reads;
  }

  public void requireNoMisuse() {
    if (!misuse.isEmpty()) {
      throw new AssertionError("the board was misused: " + misuse);
    }
  }

  @Override
  public List<InputPin> switches() {
    return List.copyOf(switches);
  }

  @Override
  public OutputPin led() {
    return this::write;
  }

  @Override
  public void onEdge(Runnable wake) {
    requireUse(!closed, "listener added after close");
    requireUse(this.wake == null, "second listener");
    this.wake = wake;
  }

  @Override
  public void close() {
    closed = true;
    led = false;
    wake = null;
  }

  @Override
  public String toString() {
    return "fake board";
  }

  private boolean read(int index) {
    requireUse(!closed, "switch read after close");
    rethrow(readFaults[index]);
    reads++;
    return levels[index];
  }

  private void write(boolean active) {
    requireUse(!closed, "LED written after close");
    rethrow(writeFault);
    led = active;
    if (ledWrites.size() < KEPT_WRITES) {
      ledWrites.add(active);
    }
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
      default -> throw new IllegalArgumentException("pins throw unchecked only", fault);
    }
  }
}
