package dev.switchback.tools.foreign;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a weight file may leave open; see {@code src/docs/formats.md}, section 1. */
public enum Fact {
  ACTIVATIONS("--activation"),
  ORIENTATION("--transposed"),
  CODING("--coding"),
  ANSWER("--answer");

  /** Metadata key: the facts that were assumed, joined by commas. */
  static final String ASSUMED = "assumed";

  private final String option;

  Fact(String option) {
    this.option = option;
  }

  /** Returns the name in metadata and JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the option that states it. */
  String option() {
    return option;
  }

  /** Returns the facts in the value of {@link #ASSUMED}; unknown words are ignored. */
  static Set<Fact> assumedIn(@Nullable String value) {
    Set<Fact> facts = EnumSet.noneOf(Fact.class);
    if (value != null) {
      Set<String> labels = Set.copyOf(Arrays.asList(value.split(",", -1)));
      Arrays.stream(values()).filter(fact -> labels.contains(fact.label())).forEach(facts::add);
    }
    return facts;
  }

  static String joined(Set<Fact> facts) {
    return facts.stream().map(Fact::label).collect(Collectors.joining(","));
  }
}
