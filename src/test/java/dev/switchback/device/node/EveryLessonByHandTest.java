package dev.switchback.device.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.Clock;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.pi4j.SimulatedBoard;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.device.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Random;
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
  private static final int[] SWITCHES = {17, 27, 5, 6, 13, 19, 26, 12};
  private static final int[] LEDS = {22, 16, 20, 21, 24, 25, 4, 18};
  private static final long MILLI = 1_000_000;

  /** A device, its pins and the hand at them. */
  private static final class Hand {
    private final int switches;
    private final SimulatedBoard board;
    private final Device device;
    private long nowNanos;
    private boolean isMaintaining;

    Hand(int switches, int leds, Engine engine, int seed) {
      this.switches = switches;
      String dark = "0".repeat(1 << switches);
      String settings =
          String.join(
              "\n",
              "switches = " + lines(SWITCHES, switches),
              "leds = " + lines(LEDS, leds),
              "teach = 23",
              "truth = " + String.join(",", Collections.nCopies(leds, dark)),
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

    private static String lines(int[] numbers, int count) {
      return Arrays.stream(numbers, 0, count)
          .mapToObj(String::valueOf)
          .collect(Collectors.joining(","));
    }

    /** Whoever waits lets the loop have its turn. */
    private final class Turn implements Clock {
      @Override
      public long nanoTime() {
        return nowNanos;
      }

      @Override
      public void await(long nanos) {
        if (!isMaintaining) {
          maintain();
        }
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
      isMaintaining = true;
      while (device.maintenance().step()) {
        // Each call runs one step.
      }
      isMaintaining = false;
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
     * Teaches random tables in words.
     *
     * @return nanoseconds for each
     */
    long[] random(int count, int leds, Random random) throws StoreException {
      device.maintenance().begin("simulated board");
      maintain();
      long[] nanos = new long[count];
      for (int k = 0; k < count; k++) {
        StringBuilder digits = new StringBuilder();
        for (int led = 0; led < leds; led++) {
          digits.append(led == 0 ? "" : ",");
          random.ints(1L << switches, 0, 2).forEach(digits::append);
        }
        TruthTable truth = TruthTable.parse(digits.toString());
        long start = System.nanoTime();
        teach(truth);
        nanos[k] = System.nanoTime() - start;
        requireAnswers(truth);
      }
      return nanos;
    }

    /** As another thread would: a command waits until maintenance has carried it out. */
    private void teach(TruthTable truth) throws StoreException {
      device.teach(truth.toString());
      maintain();
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
        .mapToObj(seed -> new Hand(switches, 1, engine, seed).walk())
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

  private static long[] randoms(int switches, int leds, Engine engine, int count)
      throws StoreException {
    Random random = new Random(1000L * switches + leds);
    return Arrays.stream(new Hand(switches, leds, engine, 1).random(count, leds, random))
        .sorted()
        .toArray();
  }

  @ParameterizedTest
  @EnumSource
  void someTablesOfManySwitchesAndLeds(Engine engine) throws StoreException {
    assertEquals(5, randoms(3, 4, engine, 5).length);
    assertEquals(2, randoms(5, 8, engine, 2).length);
    assertEquals(1, randoms(8, 2, engine, 1).length);
  }

  /** Prints the tables of benchmarks.md; takes some minutes. */
  public static void main(String[] args) throws StoreException {
    for (Engine engine : Engine.values()) {
      print(engine, 2, walks(2, engine, 10));
      print(engine, 3, walks(3, engine, 10));
      print(engine, 4, walks(4, engine, 1));
      for (int switches = 2; switches <= 8; switches += 2) {
        for (int leds = 2; leds <= 8; leds += 2) {
          System.out.print("LEDs: " + leds + " ");
          print(engine, switches, randoms(switches, leds, engine, 20));
        }
      }
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
