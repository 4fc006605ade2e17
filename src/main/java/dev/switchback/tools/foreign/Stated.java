package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Activation;
import dev.switchback.format.AnswerRule;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What its user says about a weight file; see {@code src/docs/formats.md}, section 1. Null is not
 * said.
 *
 * @param activations one for all layers, or one per layer
 * @param isTransposed whether weights lie the other way than their names say
 * @param names names of weights and bias, layer by layer; {@code -} is a missing bias
 * @param isSmooth whether FANN's stepwise activations are read as smooth ones
 * @param assumedActivations the activations for a number of layers, if nobody says them
 */
public record Stated(
    @Nullable List<Activation> activations,
    @Nullable AnswerRule answer,
    @Nullable Coding coding,
    @Nullable Boolean isTransposed,
    @Nullable List<String> names,
    boolean isSmooth,
    IntFunction<Activation[]> assumedActivations) {

  /** Nothing is said. */
  public static final Stated NOTHING =
      new Stated(
          null,
          null,
          null,
          null,
          null,
          false,
          layers -> Activation.ofLayers(layers, Activation.SIGMOID));

  /** Returns the same, with other activations if nobody says them. */
  public Stated assuming(IntFunction<Activation[]> activationsOfLayers) {
    return new Stated(
        activations, answer, coding, isTransposed, names, isSmooth, activationsOfLayers);
  }

  /** Returns the same, with these activations. */
  public Stated with(List<Activation> given) {
    return new Stated(given, answer, coding, isTransposed, names, isSmooth, assumedActivations);
  }
}
