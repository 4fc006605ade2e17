package dev.switchback.device.store;

import dev.switchback.format.WeightImage;
import java.util.function.Predicate;

/**
 * Refuses old images. An image under the rule is refused if a higher version was confirmed, or the
 * same version with another hash.
 *
 * @param appliesTo whether an image is under the rule, for example because it is signed
 * @param allowsOlder whether older images are allowed after all
 */
public record VersionRule(Predicate<WeightImage> appliesTo, boolean allowsOlder) {
  /** Applies to no image. */
  public static final VersionRule NONE = new VersionRule(image -> false, true);
}
