package dev.switchback.tools.cli.files;

import dev.switchback.core.nn.Loss;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Start;
import dev.switchback.core.nn.UpdateRule;
import java.util.Locale;

/** Describes a recipe in words, generated from its parts so that both always agree. */
final class RecipeText {
  private RecipeText() {}

  /**
   * Describes the update rule. The rates of a recipe are for losses summed over the samples; for
   * the cross-entropy, the text gives the rate for the mean, as is usual.
   *
   * @param rows samples of the truth table
   */
  static String rule(Recipe recipe, int rows) {
    boolean isSum = recipe.loss() == Loss.SQUARED_ERROR;
    return update(recipe.update(), isSum ? 1 : rows)
        + (isSum ? " on half the summed squared error, " : " on the mean cross-entropy, ")
        + gradient(recipe.gradient())
        + ", "
        + (recipe.batch() == Recipe.Batch.FULL ? "full batch" : "one sample at a time");
  }

  private static String update(UpdateRule rule, int samples) {
    return switch (rule) {
      case UpdateRule.GradientDescent(float rate, float momentum) ->
          "gradient descent, rate "
              + samples * rate
              + (momentum == 0f ? "" : ", Nesterov momentum " + momentum);
      case UpdateRule.Resilient(float initialStep) -> "iRprop-, first step " + initialStep;
    };
  }

  private static String gradient(Recipe.Gradient gradient) {
    return switch (gradient) {
      case Recipe.Gradient.Backpropagation() -> "backpropagation";
      case Recipe.Gradient.CentralDifferences(double step) -> "central differences of step " + step;
    };
  }

  static String schedule(Recipe.Schedule schedule) {
    String epochs = String.format(Locale.ROOT, "%,d epochs", schedule.maxEpochs());
    if (!schedule.endsWhenSolved()) {
      return epochs;
    }
    return "every output is within "
        + schedule.margin()
        + " of its target, at most "
        + epochs
        + (schedule.restarts() ? ", with a restart whenever it gets stuck" : "");
  }

  static String start(Start start) {
    String scale = start.weightScale() == 1f ? "" : " times " + start.weightScale();
    return "N(0, 1)"
        + scale
        + (start.biasScale() == 0f
            ? ", biases 0"
            : start.biasScale() == start.weightScale()
                ? ", biases too"
                : ", biases times " + start.biasScale());
  }
}
