package dev.switchback.device.store;

import dev.switchback.format.WeightImage;
import org.jspecify.annotations.Nullable;

/**
 * What a look into a slot found.
 *
 * @param image null if there is none that can be read
 * @param trouble why it cannot answer, as a clause; null if it can
 */
record SlotContent(Finding finding, @Nullable WeightImage image, @Nullable String trouble) {
  /** The kinds of content. */
  enum Finding {
    PASSES,
    FAILS_SELF_TEST,
    EMPTY,
    /** Empty now: what was there is no image. */
    SET_ASIDE,
    /** Bytes that are no image, and cannot be set aside. */
    BROKEN,
    /** The storage did not give the bytes. */
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
