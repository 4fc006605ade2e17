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

/** Which arithmetic answers and learns. */
public enum Engine {
  /** Single precision. */
  FLOAT,
  /** Integers in {@link QFormat}. */
  FIXED;

  /** The name files and options use. */
  public String label() {
    return this == FLOAT ? "float" : "fixed";
  }

  /**
   * The engine with this {@link #label()}.
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

  /** A model of its own over a copy of the parameters. */
  public Model model(Parameters parameters) {
    return this == FLOAT ? new FloatModel(parameters) : new FixedModel(parameters);
  }

  /** Digits of the truth table that a network answers; empty where that is none. */
  public String answers(Parameters parameters) {
    return TruthTable.fits(parameters.topology())
        ? TruthTable.answeredBy(model(parameters)).toString()
        : "";
  }

  /** Whether what {@link #learner} trains answers just as {@link #model} does. */
  public boolean learnsItself(Recipe recipe) {
    return this == FLOAT || recipe.gradient() instanceof Recipe.Gradient.Backpropagation;
  }

  /**
   * What trains this recipe. A recipe of central differences learns in float on either engine; its
   * weights are quantised when {@link #model} takes them over.
   */
  public Learner learner(Recipe recipe, Samples samples) {
    return this == FLOAT || !learnsItself(recipe)
        ? new FloatLearner(recipe, samples)
        : new FixedLearner(recipe, samples);
  }
}
