package dev.switchback.tools.client;

import dev.switchback.wire.Port;
import org.jspecify.annotations.Nullable;

/**
 * What a port has at its other end.
 *
 * @param text what answers, or why no Switchback device does
 * @param trouble null if one does
 */
public record Probe(Port port, String text, @Nullable LaptopException trouble) {
  /** One without a device. */
  Probe(Port port, LaptopException trouble) {
    this(port, String.valueOf(trouble.getMessage()), trouble);
  }
}
