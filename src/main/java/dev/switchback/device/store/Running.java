package dev.switchback.device.store;

import dev.switchback.format.WeightImage;
import org.jspecify.annotations.Nullable;

/**
 * The image that answers.
 *
 * @param image null if none answers
 * @param file its slot file; null for the factory image, which has none
 * @param onTrial whether the next start goes back unless the image is confirmed
 */
public record Running(@Nullable WeightImage image, @Nullable SlotFile file, boolean onTrial) {
  static final Running NOTHING = new Running(null, null, false);

  /**
   * Returns the origin for people: {@code slot-a.img}, {@code slot-b.img, on trial}, {@code
   * factory}.
   */
  public String origin() {
    if (image == null) {
      return "none";
    }
    return (file == null ? "factory" : file.fileName()) + (onTrial ? ", on trial" : "");
  }
}
