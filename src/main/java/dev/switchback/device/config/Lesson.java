package dev.switchback.device.config;

import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import java.util.Locale;

/**
 * What a device is to learn, and how. Immutable; any thread.
 *
 * @param recipe for a topology of as many inputs as the truth table
 */
public record Lesson(TruthTable truth, Recipe recipe) {
  /**
   * Most operations of one epoch, see {@link Recipe#epochOperations}: some seconds on the slowest
   * board, for so long a command may wait. Any gradient by backpropagation stays below.
   */
  static final long MAX_EPOCH_OPERATIONS = 1L << 28;

  /**
   * A lesson that a device can take.
   *
   * @param widths such as 2-2-1; empty: the recipe's own
   * @throws IllegalArgumentException saying why it cannot
   */
  public static Lesson of(TruthTable truth, NamedRecipe rules, String widths) {
    int switches = truth.inputs();
    Key.require(
        widths.isEmpty() || widths.startsWith(switches + "-"),
        "the first width is the number of switches, " + switches);
    try {
      Topology topology = widths.isEmpty() ? rules.topology(truth) : rules.topology(widths);
      Key.require(
          topology.leds() == truth.leds(),
          topology
              + " is for "
              + leds(topology.leds())
              + ", not "
              + leds(truth.leds())
              + (topology.isArgmax() ? "" : ": the last width is the number of LEDs"));
      Lesson lesson = new Lesson(truth, rules.recipe(topology, truth));
      long operations = lesson.recipe.epochOperations(truth.rows());
      Key.require(
          operations <= MAX_EPOCH_OPERATIONS,
          String.format(
              Locale.ROOT,
              "an epoch would take %,d operations, at most %,d are allowed: take fewer neurons, or"
                  + " recipe device",
              operations,
              MAX_EPOCH_OPERATIONS));
      return lesson;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("recipe " + rules.label() + ": " + e.getMessage(), e);
    }
  }

  private static String leds(int count) {
    return count == 1 ? "1 LED" : count + " LEDs";
  }

  /** Returns the same lesson with another truth table of as many switches. */
  public Lesson with(TruthTable other) {
    return truth.equals(other) ? this : of(other, rules(), topology().toString());
  }

  public Topology topology() {
    return recipe.topology();
  }

  public NamedRecipe rules() {
    return NamedRecipe.of(recipe.name());
  }
}
