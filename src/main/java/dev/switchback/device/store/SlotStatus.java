package dev.switchback.device.store;

import dev.switchback.format.WeightImage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of a slot, with the flags of MCUboot.
 *
 * @param slot 0 or 1
 * @param image null if there is no readable image
 * @param active whether it answers
 * @param confirmed whether a start falls back to it
 * @param pending whether the next start puts it in use
 * @param permanent whether that start also confirms it
 * @param unreadable whether the file could not be read, so that its content is unknown
 * @param trouble why it cannot answer; null if it can
 */
public record SlotStatus(
    int slot,
    SlotFile file,
    @Nullable WeightImage image,
    boolean active,
    boolean confirmed,
    boolean pending,
    boolean permanent,
    boolean unreadable,
    @Nullable String trouble) {
  /** The flags that are set, by MCUboot's names. */
  public List<String> flags() {
    List<String> flags = new ArrayList<>();
    if (active) {
      flags.add("active");
    }
    if (confirmed) {
      flags.add("confirmed");
    }
    if (pending) {
      flags.add("pending");
    }
    if (permanent) {
      flags.add("permanent");
    }
    return flags;
  }
}
