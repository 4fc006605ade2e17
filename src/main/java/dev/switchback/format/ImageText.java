package dev.switchback.format;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Images in one line for people. */
public final class ImageText {
  private static final int SHORT_HASH_DIGITS = 8;

  private ImageText() {}

  /** Such as {@code 1.0.0+2 3fa94c1b 2-2-1 trained from seed 2}. */
  public static String of(WeightImage image) {
    String seed = image.metadata().get(ImageMetadata.SEED);
    return "%s %s %s%s"
        .formatted(
            image.version(),
            image.hashText().substring(0, SHORT_HASH_DIGITS),
            image.topology(),
            seed == null ? "" : " trained from seed " + seed);
  }

  /**
   * What a device takes, such as {@code up to 1,048,576 bytes, signed by key 3fa94c1b}.
   *
   * @param key 64 hex digits; null: anybody's images
   */
  public static String taken(long maxBytes, @Nullable String key) {
    return String.format(Locale.ROOT, "up to %,d bytes, ", maxBytes)
        + (key == null ? "from anybody" : "signed by key " + key.substring(0, SHORT_HASH_DIGITS));
  }
}
