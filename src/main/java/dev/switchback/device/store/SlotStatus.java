package dev.switchback.device.store;

import dev.switchback.format.WeightImage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One slot at one moment, with the flags of MCUboot.
 *
 * @param slot 0 or 1
 * @param image null if there is none that can be read
 * @param active whether it answers
 * @param confirmed whether it is what a start falls back to
 * @param pending whether the next start puts it in use
 * @param permanent whether it then stays
 * @param unread whether nobody knows what is there: the storage does not give it
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
    boolean unread,
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
