package dev.switchback.device.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.Clock;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.pi4j.SimulatedBoard;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.store.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A hand teaches a device every truth table, on simulated pins and in virtual time: each press of
 * the teach button changes one answer, in the order of a Gray code.
 */
@Tag("slow")
class EveryLessonByHandTest {
  private static final int[] BCM = {17, 27, 5, 6};
  private static final long MILLI = 1_000_000;

  /** A device, its pins and the hand at them. */
  private static final class Hand {
    private final int switches;
    private final SimulatedBoard board;
    private final Device device;
    private long nowNanos;

    Hand(int switches, Engine engine, int seed) {
      this.switches = switches;
      String lines =
          IntStream.range(0, switches)
              .mapToObj(i -> String.valueOf(BCM[i]))
              .collect(Collectors.joining(","));
      String settings =
          String.join(
              "\n",
              "switches = " + lines,
              "teach = 23",
              "truth = " + "0".repeat(1 << switches),
              "engine = " + engine.label(),
              "seed = " + seed);
      DeviceConfiguration configuration =
          ConfigurationParser.parse("test", settings.getBytes(StandardCharsets.UTF_8));
      board = SimulatedBoard.open(configuration.wiring());
      device =
          new Device(
              configuration,
              board,
              new MemoryStorage(),
              FirstWeights.NONE,
              new TrainingListener() {},
              Turn::new);
    }

    /** Whoever waits lets the loop have its turn. */
    private final class Turn implements Clock {
      @Override
      public long nanoTime() {
        return nowNanos;
      }

      @Override
      public void await(long nanos) {
        nowNanos += MILLI;
        device.loop().tick(nowNanos);
      }

      @Override
      public void wake() {
        // The loop has its turn soon.
      }
    }

    private void pass(long millis) {
      long end = nowNanos + millis * MILLI;
      long next = device.loop().tick(nowNanos);
      while (nowNanos + next < end) {
        nowNanos += Math.max(1, next);
        next = device.loop().tick(nowNanos);
      }
      nowNanos = end;
      device.loop().tick(nowNanos);
    }

    private void maintain() {
      while (device.maintenance().step()) {
        // Each call runs one step.
      }
    }

    private void set(int row) {
      for (int i = 0; i < switches; i++) {
        board.setSwitch(i, TruthTable.level(row, i, switches) == 1);
      }
      pass(11);
    }

    private void press() {
      board.setTeach(true);
      pass(60);
      board.setTeach(false);
      pass(11);
    }

    private void requireAnswers(TruthTable truth) {
      assertEquals(truth, device.truth());
      pass(1000); // Nothing blinks any more.
      for (int row = 0; row < truth.rows(); row++) {
        set(row);
        assertEquals(truth.answer(row), board.shown(), truth + " in row " + row);
      }
    }

    /**
     * Teaches every table.
     *
     * @return nanoseconds from each release of the button to the end of the training
     */
    long[] walk() {
      device.maintenance().begin("simulated board");
      maintain();
      TruthTable truth = device.truth();
      requireAnswers(truth);
      long[] nanos = new long[(1 << truth.rows()) - 1];
      for (int k = 0; k < nanos.length; k++) {
        int row = Integer.numberOfTrailingZeros(k + 1);
        truth = truth.withAnswer(row, 1 - truth.answer(row));
        set(row);
        press();
        long start = System.nanoTime();
        maintain();
        nanos[k] = System.nanoTime() - start;
        requireAnswers(truth);
      }
      return nanos;
    }
  }

  private static long[] walks(int switches, Engine engine, int seeds) {
    return IntStream.rangeClosed(1, seeds)
        .mapToObj(seed -> new Hand(switches, engine, seed).walk())
        .flatMapToLong(Arrays::stream)
        .sorted()
        .toArray();
  }

  @ParameterizedTest
  @EnumSource
  void everyTableOfTwoAndThreeSwitches(Engine engine) {
    assertEquals(150, walks(2, engine, 10).length);
    assertEquals(255, walks(3, engine, 1).length);
  }

  /** Prints the table of benchmarks.md: all tables of up to four switches. */
  public static void main(String[] args) {
    for (Engine engine : Engine.values()) {
      print(engine, 2, walks(2, engine, 10));
      print(engine, 3, walks(3, engine, 10));
      print(engine, 4, walks(4, engine, 1));
    }
  }

  private static void print(Engine engine, int switches, long[] nanos) {
    int last = nanos.length - 1;
    System.out.println(
        String.format(
            Locale.ROOT,
            "| %s | %d switches | %,d | %.2f / %.2f / %.2f |",
            engine.label(),
            switches,
            nanos.length,
            nanos[last / 2] * 1e-6,
            nanos[last * 99 / 100] * 1e-6,
            nanos[last] * 1e-6));
  }
}
