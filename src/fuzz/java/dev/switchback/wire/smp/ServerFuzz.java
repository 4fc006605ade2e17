package dev.switchback.wire.smp;

import java.util.Locale;

/** Entry points that Jazzer calls by name; see {@code scripts/fuzz}. */
public final class ServerFuzz {
  private static ServerFuzzTarget target = ServerFuzzTarget.LINE;

  private ServerFuzz() {}

  /** Selects the target by name. */
  public static void fuzzerInitialize(String[] args) {
    target = ServerFuzzTarget.valueOf(args[0].toUpperCase(Locale.ROOT));
  }

  /** Runs the target on one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    target.check(input);
  }
}
