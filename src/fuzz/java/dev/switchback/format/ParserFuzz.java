package dev.switchback.format;

import java.util.Locale;

/** Entry points that Jazzer calls by name; see {@code scripts/fuzz}. */
public final class ParserFuzz {
  private static FuzzTarget target = FuzzTarget.SAFETENSORS;

  private ParserFuzz() {}

  /** Selects the target by name. */
  public static void fuzzerInitialize(String[] args) {
    target = FuzzTarget.valueOf(args[0].toUpperCase(Locale.ROOT));
  }

  /** Runs the target on one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    target.check(input);
  }
}
