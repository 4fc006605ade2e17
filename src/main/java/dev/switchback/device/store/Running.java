package dev.switchback.device.store;

import dev.switchback.format.WeightImage;
import org.jspecify.annotations.Nullable;

/**
 * What answers.
 *
 * @param image null if nothing can
 * @param file where it is kept; null for the factory image, which is not
 * @param onTrial whether the next start takes it back unless it is confirmed
 */
public record Running(@Nullable WeightImage image, @Nullable SlotFile file, boolean onTrial) {
  static final Running NOTHING = new Running(null, null, false);

  /** The origin for people: {@code slot-a.img}, {@code slot-b.img, on trial}, {@code factory}. */
  public String origin() {
    if (image == null) {
      return "none";
    }
    return (file == null ? "factory" : file.fileName()) + (onTrial ? ", on trial" : "");
  }
}
