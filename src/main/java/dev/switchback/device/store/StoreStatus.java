package dev.switchback.device.store;

import java.util.List;

/**
 * The store at one moment.
 *
 * @param storage its name for people
 * @param generation changes of the state record so far
 * @param slots slot 0, slot 1
 * @param problems what went wrong since the last start, each a sentence that helps to mend it
 */
public record StoreStatus(
    String storage,
    Swap swap,
    long generation,
    Running running,
    List<SlotStatus> slots,
    List<String> problems) {}
