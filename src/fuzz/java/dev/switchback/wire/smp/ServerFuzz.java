package dev.switchback.wire.smp;

import java.util.Locale;

/** Entry points that Jazzer calls by name; see {@code scripts/fuzz}. */
public final class ServerFuzz {
  private static ServerFuzzTarget target = ServerFuzzTarget.LINE;

  private ServerFuzz() {}

  /** Chooses the target by its name. */
  public static void fuzzerInitialize(String[] args) {
    target = ServerFuzzTarget.valueOf(args[0].toUpperCase(Locale.ROOT));
  }

  /** One run. */
  public static void fuzzerTestOneInput(byte[] input) {
    target.check(input);
  }
}
