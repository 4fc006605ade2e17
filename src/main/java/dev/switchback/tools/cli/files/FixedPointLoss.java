package dev.switchback.tools.cli.files;

import dev.switchback.core.Engine;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.Parameters;
import dev.switchback.tools.cli.JsonObject;
import java.util.Locale;
import java.util.Optional;

/**
 * Accuracy that a network loses in fixed point.
 *
 * @param largestError largest rounding error of a weight or bias
 * @param inFloat digits of its truth table in float; empty if it has none
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

  /** Rounding errors are at most half a step; a larger error means clipping. */
  private boolean saturates() {
    return largestError > 0.5 / QFormat.ONE;
  }

  /** Returns one line of text. */
  String describe() {
    String error =
        String.format(
            Locale.ROOT, "%s, largest rounding error of a weight %.3g", QFormat.NAME, largestError);
    return inFloat.isEmpty() || changesAnswers()
        ? error
        : error + ", answers as in float " + inFloat;
  }

  /** Returns a warning if weights were clipped or answers changed. */
  Optional<String> warning() {
    if (changesAnswers()) {
      return Optional.of(
          "the network answers " + inFixed + " in fixed point, but " + inFloat + " in float");
    }
    return saturates()
        ? Optional.of("weights beyond the range of " + QFormat.NAME + ", -128 to 128, are clipped")
        : Optional.empty();
  }

  JsonObject json() {
    return new JsonObject()
        .put("largestRoundingError", largestError)
        .put("floatAnswers", inFloat.isEmpty() ? null : inFloat)
        .put("fixedAnswers", inFixed.isEmpty() ? null : inFixed);
  }
}
