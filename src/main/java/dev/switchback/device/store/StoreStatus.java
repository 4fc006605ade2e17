package dev.switchback.device.store;

import dev.switchback.format.ImageVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the store.
 *
 * @param storage its name for people
 * @param generation number of changes to the state record
 * @param slots slot 0, then slot 1
 * @param highest the highest version under the {@link VersionRule} that was ever confirmed; null if
 *     none
 * @param problems problems since the last start, each a sentence with the fix
 */
public record StoreStatus(
    String storage,
    Swap swap,
    long generation,
    Running running,
    List<SlotStatus> slots,
    @Nullable ImageVersion highest,
    List<String> problems) {}
