package dev.switchback.device.store;

import dev.switchback.format.WeightImage;
import org.jspecify.annotations.Nullable;

/** What an image must pass before it may answer, in the engine the device is set to. */
@FunctionalInterface
public interface SelfTest {
  /** Why the image must not answer, as a clause that follows its name; null if it may. */
  @Nullable String failure(WeightImage image);
}
