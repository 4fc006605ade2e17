package dev.switchback.format;

import java.util.Arrays;
import java.util.Locale;

/** How the outputs of a network become answers; see weight-image.md. */
public enum AnswerRule {
  /** Each output decides one LED. */
  THRESHOLD,
  /** Of two outputs the larger decides one LED. */
  ARGMAX;

  /** Returns the name of the rule in options and metadata. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the rule of a name.
   *
   * @throws IllegalArgumentException listing the names
   */
  public static AnswerRule of(String label) {
    return Arrays.stream(values())
        .filter(rule -> rule.label().equals(label))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("unknown rule '" + label + "': threshold or argmax"));
  }
}
