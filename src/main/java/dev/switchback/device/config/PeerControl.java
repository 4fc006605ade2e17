package dev.switchback.device.config;

import java.util.Locale;

/** What a peer on a line may do, see the table in protocol.md. */
public enum PeerControl {
  /** On the cable: {@link #READ} if a key is configured, otherwise {@link #ALL}. */
  AUTO,
  /** Everything. */
  ALL,
  /** Reading, and images signed by a configured key. */
  READ,
  /** Identity and status. */
  NONE;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
