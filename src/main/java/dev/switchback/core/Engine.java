package dev.switchback.core;

import dev.switchback.core.fixed.FixedLearner;
import dev.switchback.core.fixed.FixedModel;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.FloatLearner;
import dev.switchback.core.nn.FloatModel;
import dev.switchback.core.nn.Learner;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.TruthTable;

/** The arithmetic that runs and trains a network. */
public enum Engine {
  /** Single precision. */
  FLOAT,
  /** Integers in {@link QFormat}. */
  FIXED;

  /** Returns the name used in files and options. */
  public String label() {
    return this == FLOAT ? "float" : "fixed";
  }

  /**
   * Returns the engine with this {@link #label()}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Engine of(String label) {
    for (Engine engine : values()) {
      if (engine.label().equals(label)) {
        return engine;
      }
    }
    throw new IllegalArgumentException("unknown engine '" + label + "': use float or fixed");
  }

  /** Returns a new model over a copy of the parameters. */
  public Model model(Parameters parameters) {
    return this == FLOAT ? new FloatModel(parameters) : new FixedModel(parameters);
  }

  /**
   * Returns the digits of the truth table that a network computes; empty if it has no such table.
   */
  public String answers(Parameters parameters) {
    return TruthTable.fits(parameters.topology())
        ? TruthTable.answeredBy(model(parameters)).toString()
        : "";
  }

  /** Returns whether {@link #learner} trains in the arithmetic that {@link #model} runs in. */
  public boolean trainsNatively(Recipe recipe) {
    return this == FLOAT || recipe.gradient() instanceof Recipe.Gradient.Backpropagation;
  }

  /**
   * Returns a learner for this recipe. Central differences train in float on either engine; {@link
   * #model} then quantises the weights.
   */
  public Learner learner(Recipe recipe, Samples samples) {
    return this == FLOAT || !trainsNatively(recipe)
        ? new FloatLearner(recipe, samples)
        : new FixedLearner(recipe, samples);
  }
}
