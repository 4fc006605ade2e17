package dev.switchback.device.config;

import java.util.Locale;

/** What the cable may do, as protocol.md has it row by row. */
public enum CableControl {
  /** {@link #READ} where a key is configured, else {@link #ALL}. */
  AUTO,
  /** Everything. */
  ALL,
  /** Reading; and images signed by a configured key. */
  READ,
  /** Saying who it is and how it does. */
  NONE;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
