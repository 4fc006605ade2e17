package dev.switchback.format;

import java.util.Locale;

/** Entry points that Jazzer calls by name; see {@code scripts/fuzz}. */
public final class ParserFuzz {
  private static FuzzTarget target = FuzzTarget.SAFETENSORS;

  private ParserFuzz() {}

  /** Chooses the target by its name. */
  public static void fuzzerInitialize(String[] args) {
    target = FuzzTarget.valueOf(args[0].toUpperCase(Locale.ROOT));
  }

  /** One run. */
  public static void fuzzerTestOneInput(byte[] input) {
    target.check(input);
  }
}
