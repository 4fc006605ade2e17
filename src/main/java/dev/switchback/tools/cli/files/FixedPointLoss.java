package dev.switchback.tools.cli.files;

import dev.switchback.core.Engine;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.Parameters;
import dev.switchback.tools.cli.JsonObject;
import java.util.Locale;
import java.util.Optional;

/**
 * What a network loses where it answers in fixed point alone.
 *
 * @param largestError by which a weight or bias is rounded
 * @param inFloat digits of the truth table it answers in float; empty where that is none
 * @param inFixed the same in fixed point
 */
record FixedPointLoss(double largestError, String inFloat, String inFixed) {
  static FixedPointLoss of(Parameters parameters) {
    double largest = 0;
    for (float value : parameters.toArray()) {
      double rounded = QFormat.dequantize(QFormat.quantize(value));
      largest = Math.max(largest, Math.abs(value - rounded));
    }
    return new FixedPointLoss(
        largest, Engine.FLOAT.answers(parameters), Engine.FIXED.answers(parameters));
  }

  private boolean changesAnswers() {
    return !inFloat.equals(inFixed);
  }

  /** Rounding alone moves no weight by more than half a step. */
  private boolean saturates() {
    return largestError > 0.5 / QFormat.ONE;
  }

  /** One line for people. */
  String describe() {
    String error =
        String.format(
            Locale.ROOT, "%s, largest rounding error of a weight %.3g", QFormat.NAME, largestError);
    return inFloat.isEmpty() || changesAnswers()
        ? error
        : error + ", answers as in float " + inFloat;
  }

  /** What people must know before they use it. */
  Optional<String> warning() {
    if (changesAnswers()) {
      return Optional.of("in fixed point it answers " + inFixed + ", in float " + inFloat);
    }
    return saturates()
        ? Optional.of("weights beyond the range of " + QFormat.NAME + ", -128 to 128, are cut off")
        : Optional.empty();
  }

  JsonObject json() {
    return new JsonObject()
        .put("largestRoundingError", largestError)
        .put("floatAnswers", inFloat.isEmpty() ? null : inFloat)
        .put("fixedAnswers", inFixed.isEmpty() ? null : inFixed);
  }
}
