package dev.switchback.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.core.Engine;
import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.TruthTable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The device's own recipe and topology learn every truth table. */
@Tag("slow")
class EveryLessonTest {
  /** The trainings of many tables. */
  private static final class Course {
    /** Digits of a table that was not learnt; empty if there is none. */
    private final String unsolved;

    /** Epochs of each training, ascending. */
    private final int[] epochs;

    /** Time of each training, ascending. */
    private final long[] nanos;

    Course(String unsolved, int[] epochs, long[] nanos) {
      this.unsolved = unsolved;
      this.epochs = epochs;
      this.nanos = nanos;
    }

    @Override
    public String toString() {
      int last = epochs.length - 1;
      return String.format(
          Locale.ROOT,
          "%,d trainings | %,d / %,d / %,d epochs | %.2f / %.2f / %.2f ms",
          epochs.length,
          epochs[epochs.length / 2],
          epochs[last * 99 / 100],
          epochs[last],
          nanos[epochs.length / 2] * 1e-6,
          nanos[last * 99 / 100] * 1e-6,
          nanos[last] * 1e-6);
    }
  }

  private static Course course(Engine engine, int seeds, TruthTable... tables) {
    int[] epochs = new int[tables.length * seeds];
    long[] nanos = new long[epochs.length];
    String unsolved = "";
    int k = 0;
    for (TruthTable truth : tables) {
      for (int seed = 1; seed <= seeds; seed++) {
        long start = System.nanoTime();
        TrainingSession session =
            new TrainingSession(
                NamedRecipe.DEVICE.recipe(NamedRecipe.DEVICE.topology(truth), truth),
                truth,
                engine,
                seed,
                null);
        while (session.step()) {}
        nanos[k] = System.nanoTime() - start;
        epochs[k++] = session.epochs();
        boolean isRight = truth.isAnsweredBy(engine.model(session.result()));
        unsolved = session.isSolved() && isRight ? unsolved : truth.toString();
      }
    }
    Arrays.sort(epochs);
    Arrays.sort(nanos);
    return new Course(unsolved, epochs, nanos);
  }

  private static TruthTable table(int inputs, int function) {
    int rows = 1 << inputs;
    return TruthTable.parse(Integer.toBinaryString(1 << rows | function).substring(1));
  }

  /** Returns every {@code step}-th table. */
  private static TruthTable[] tables(int inputs, int step) {
    return IntStream.range(0, 1 << (1 << inputs))
        .filter(function -> function % step == 0)
        .mapToObj(function -> table(inputs, function))
        .toArray(TruthTable[]::new);
  }

  private static TruthTable random(Random random, int inputs, int leds) {
    StringBuilder digits = new StringBuilder();
    for (int led = 0; led < leds; led++) {
      digits.append(led == 0 ? "" : ",");
      random.ints(1L << inputs, 0, 2).forEach(digits::append);
    }
    return TruthTable.parse(digits.toString());
  }

  private static TruthTable[] randoms(int inputs, int leds, int count) {
    Random random = new Random(100L * inputs + leds);
    return IntStream.range(0, count)
        .mapToObj(k -> random(random, inputs, leds))
        .toArray(TruthTable[]::new);
  }

  @ParameterizedTest
  @EnumSource
  void allOfTwoAndThreeSwitches(Engine engine) {
    assertEquals("", course(engine, 10, tables(2, 1)).unsolved);
    assertEquals("", course(engine, 10, tables(3, 1)).unsolved);
  }

  @ParameterizedTest
  @EnumSource
  void someOfFourSwitches(Engine engine) {
    assertEquals("", course(engine, 1, tables(4, 61)).unsolved);
  }

  @ParameterizedTest
  @EnumSource
  void someOfManySwitchesAndLeds(Engine engine) {
    for (int size = 2; size <= 8; size += 2) {
      assertEquals("", course(engine, 1, randoms(size, size, 10 - size)).unsolved);
      assertEquals("", course(engine, 1, randoms(8, size, 1)).unsolved);
    }
  }

  /** Prints the whole course for benchmarks.md; takes some minutes. */
  public static void main(String[] args) {
    for (Engine engine : Engine.values()) {
      print(engine, "2 switches", course(engine, 10, tables(2, 1)));
      print(engine, "3 switches", course(engine, 10, tables(3, 1)));
      print(engine, "4 switches", course(engine, 1, tables(4, 1)));
      for (int inputs = 5; inputs <= 8; inputs++) {
        print(engine, inputs + " switches, random", course(engine, 1, randoms(inputs, 1, 500)));
      }
      for (int leds = 2; leds <= 8; leds += 2) {
        print(engine, "2 switches, LEDs: " + leds, course(engine, 1, randoms(2, leds, 500)));
        print(engine, "4 switches, LEDs: " + leds, course(engine, 1, randoms(4, leds, 500)));
        print(engine, "8 switches, LEDs: " + leds, course(engine, 1, randoms(8, leds, 20)));
      }
    }
  }

  private static void print(Engine engine, String what, Course course) {
    System.out.println(
        "| " + engine.label() + " | " + what + " | " + course + " | " + course.unsolved + " |");
  }
}
