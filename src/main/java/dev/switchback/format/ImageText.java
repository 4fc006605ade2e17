package dev.switchback.format;

import dev.switchback.PrintableText;

/** Describes an image in one line for people. */
public final class ImageText {
  private static final int SHORT_HASH_DIGITS = 8;

  /** Length of the longest seed that a training writes. */
  private static final int MAX_SEED_CHARACTERS = 20;

  private ImageText() {}

  /** Returns a text such as {@code 1.0.0+2 3fa94c1b 2-2-1 trained from seed 2}. */
  public static String of(WeightImage image) {
    String seed = image.metadata().get(ImageMetadata.SEED);
    return "%s %s %s%s"
        .formatted(
            image.version(),
            image.hashText().substring(0, SHORT_HASH_DIGITS),
            image.topology(),
            seed == null
                ? ""
                : " trained from seed " + PrintableText.of(seed, MAX_SEED_CHARACTERS));
  }
}
