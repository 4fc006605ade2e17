package dev.switchback.device.control;

import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The latest decision of the control thread, for any thread: a sequence lock. Writing allocates
 * nothing and never waits; reading retries until no write came between, so a decision is never a
 * mixture of two.
 */
final class LatestDecision {
  /** Odd while a decision is being written. */
  private final AtomicInteger sequence = new AtomicInteger();

  /** | 63 .. 32 generation | 23 .. 16 number of outputs | 15 .. 8 row | 7 .. 0 answer |. */
  private final AtomicLong head = new AtomicLong();

  private final AtomicIntegerArray outputs = new AtomicIntegerArray(TruthTable.MAX_LEDS);

  private static final int GENERATION_SHIFT = 32;
  private static final int COUNT_SHIFT = 16;
  private static final int ROW_SHIFT = 8;
  private static final int BYTE = 0xFF;

  /** Writes that no model answered. Control thread. Returns whether that is new. */
  boolean setUndecided(int generation, int row) {
    long word = word(generation, 0, row, 0);
    if (word == head.getPlain()) {
      return false;
    }
    begin();
    head.setOpaque(word);
    end();
    return true;
  }

  /**
   * Writes an answer. Control thread.
   *
   * @param numbers the outputs of a network of this topology, finite
   * @return whether it is new
   */
  boolean set(int generation, int row, int answer, Topology topology, float[] numbers) {
    int leds = topology.leds();
    long word = word(generation, leds, row, answer);
    boolean isNew = word != head.getPlain();
    for (int led = 0; led < leds && !isNew; led++) {
      isNew = bits(topology, numbers, led) != outputs.getPlain(led);
    }
    if (!isNew) {
      return false;
    }
    begin();
    for (int led = 0; led < leds; led++) {
      outputs.setOpaque(led, bits(topology, numbers, led));
    }
    head.setOpaque(word);
    end();
    return true;
  }

  private static int bits(Topology topology, float[] numbers, int led) {
    return Float.floatToRawIntBits(numbers[topology.displayed(led)]);
  }

  private void begin() {
    sequence.setOpaque(sequence.getPlain() + 1);
    VarHandle.releaseFence();
  }

  private static long word(int generation, int count, int row, int answer) {
    return ((long) generation << GENERATION_SHIFT)
        | ((long) count << COUNT_SHIFT)
        | ((long) row << ROW_SHIFT)
        | answer;
  }

  private void end() {
    sequence.setRelease(sequence.getPlain() + 1);
  }

  /** Returns the latest decision. Allocates. */
  Decision get() {
    while (true) {
      int before = sequence.getAcquire();
      if ((before & 1) == 0) {
        Decision decision = read();
        VarHandle.acquireFence();
        if (sequence.getOpaque() == before) {
          return decision;
        }
      }
      Thread.onSpinWait();
    }
  }

  private Decision read() {
    long word = head.getOpaque();
    float[] numbers = new float[(int) (word >> COUNT_SHIFT) & BYTE];
    for (int led = 0; led < numbers.length; led++) {
      numbers[led] = Float.intBitsToFloat(outputs.getOpaque(led));
    }
    return new Decision(
        (int) (word >> GENERATION_SHIFT),
        (int) (word >> ROW_SHIFT) & BYTE,
        (int) word & BYTE,
        numbers);
  }
}
