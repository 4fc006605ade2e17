package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Activations by the names that other programs give them. */
public final class ActivationNames {
  private ActivationNames() {}

  /**
   * Returns the activation of a name in any case; {@code logistic} is scikit-learn's sigmoid, and
   * {@code identity} its linear.
   *
   * @throws IllegalArgumentException listing our names
   */
  public static Activation of(String name) {
    String label = name.strip().toLowerCase(Locale.ROOT);
    return switch (label) {
      case "logistic" -> Activation.SIGMOID;
      case "identity", "none" -> Activation.LINEAR;
      default -> Activation.of(label);
    };
  }

  /** Returns the activations of names joined by commas. */
  public static List<Activation> list(String names) {
    return Arrays.stream(names.split(",", -1)).map(ActivationNames::of).toList();
  }
}
