package dev.switchback.device.node;

import dev.switchback.format.WeightImage;
import org.jspecify.annotations.Nullable;

/** What answers on a device that keeps no weights. */
public enum FirstWeights {
  /** Those that the program brings. */
  FACTORY,
  /** Nothing before it has learnt. */
  NONE;

  @Nullable WeightImage image() {
    return this == FACTORY ? FactoryImage.read() : null;
  }
}
