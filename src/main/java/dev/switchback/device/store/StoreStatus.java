package dev.switchback.device.store;

import dev.switchback.format.ImageVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The store at one moment.
 *
 * @param storage its name for people
 * @param generation changes of the state record so far
 * @param slots slot 0, slot 1
 * @param highest version under the {@link VersionRule} that was ever confirmed; null before the
 *     first
 * @param problems what went wrong since the last start, each a sentence that helps to mend it
 */
public record StoreStatus(
    String storage,
    Swap swap,
    long generation,
    Running running,
    List<SlotStatus> slots,
    @Nullable ImageVersion highest,
    List<String> problems) {}
