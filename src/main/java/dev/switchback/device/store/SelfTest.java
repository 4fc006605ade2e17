package dev.switchback.device.store;

import dev.switchback.format.WeightImage;
import org.jspecify.annotations.Nullable;

/** The test that an image must pass before it may answer, in the configured engine. */
@FunctionalInterface
public interface SelfTest {
  /** Returns why the image fails, as a clause that follows its name; null if it passes. */
  @Nullable String failure(WeightImage image);
}
