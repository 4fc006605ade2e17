package dev.switchback.device.store;

import dev.switchback.format.WeightImage;
import org.jspecify.annotations.Nullable;

/**
 * The content of a slot when it was read.
 *
 * @param image null if there is no readable image
 * @param trouble why the slot cannot answer, as a clause; null if it can
 */
record SlotContent(Finding finding, @Nullable WeightImage image, @Nullable String trouble) {
  /** The kinds of content. */
  enum Finding {
    PASSES,
    FAILS_SELF_TEST,
    EMPTY,
    /** Empty now: the file was not an image and was set aside. */
    SET_ASIDE,
    /** The file is not an image and cannot be set aside. */
    BROKEN,
    /** The file cannot be read. */
    UNREADABLE
  }

  boolean passes() {
    return finding == Finding.PASSES;
  }

  boolean isEmpty() {
    return finding == Finding.EMPTY || finding == Finding.SET_ASIDE;
  }

  boolean isUnreadable() {
    return finding == Finding.UNREADABLE;
  }
}
