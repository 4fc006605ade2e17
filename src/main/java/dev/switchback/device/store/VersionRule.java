package dev.switchback.device.store;

import dev.switchback.format.WeightImage;
import java.util.function.Predicate;

/**
 * Which images only ever go up: of those that it holds for, none older than the highest that was
 * confirmed comes in, and none of the same version with another hash.
 *
 * @param holdsFor whether an image is under the rule, such as every image signed by a key
 * @param allowsOlder whether they may go down all the same
 */
public record VersionRule(Predicate<WeightImage> holdsFor, boolean allowsOlder) {
  /** For no image. */
  public static final VersionRule NONE = new VersionRule(image -> false, true);
}
