package dev.switchback.tools;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.device.config.BoardChoice;
import dev.switchback.format.AnswerRule;
import dev.switchback.tools.cli.files.PlotKind;
import dev.switchback.tools.foreign.ActivationNames;
import dev.switchback.tools.foreign.LayoutName;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An option type with a fixed set of names.
 *
 * @param parser throws {@link IllegalArgumentException}, listing the names, for any other
 */
record Choice<T extends Enum<T>>(
    Class<T> type, Function<String, T> parser, Function<T, String> label) {
  static final List<Choice<?>> ALL =
      List.of(
          new Choice<>(NamedRecipe.class, NamedRecipe::of, NamedRecipe::label),
          new Choice<>(Engine.class, Engine::of, Engine::label),
          new Choice<>(Activation.class, ActivationNames::of, Activation::label),
          new Choice<>(AnswerRule.class, AnswerRule::of, AnswerRule::label),
          new Choice<>(LayoutName.class, LayoutName::of, LayoutName::label),
          new Choice<>(PlotKind.class, PlotKind::of, PlotKind::label),
          new Choice<>(BoardChoice.class, BoardChoice::of, BoardChoice::label),
          new Choice<>(Shell.class, Shell::of, Shell::label));

  /** Returns the choice for a type, or null if its values are not a fixed set. */
  static @Nullable Choice<?> of(Class<?> type) {
    return ALL.stream().filter(choice -> choice.type == type).findFirst().orElse(null);
  }

  List<String> labels() {
    return Arrays.stream(type.getEnumConstants()).map(label).toList();
  }
}
