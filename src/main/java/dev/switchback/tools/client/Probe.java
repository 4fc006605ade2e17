package dev.switchback.tools.client;

import dev.switchback.wire.Port;
import org.jspecify.annotations.Nullable;

/**
 * What a port has at its other end.
 *
 * @param device what answers, for people; null if no Switchback device does
 * @param trouble why none does; null if one does
 */
public record Probe(Port port, @Nullable String device, @Nullable LaptopException trouble) {
  /** What is there, or why nothing is. */
  public String text() {
    if (device != null) {
      return device;
    }
    return trouble == null ? "nothing" : String.valueOf(trouble.getMessage());
  }
}
