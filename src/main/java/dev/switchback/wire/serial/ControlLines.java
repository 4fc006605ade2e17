package dev.switchback.wire.serial;

import org.jspecify.annotations.Nullable;

/**
 * Levels of the lines that a port has beside its data, on which some boards start anew.
 *
 * @param dtr whether Data Terminal Ready is on; null: as the system sets it
 * @param rts whether Request To Send is on; null: as the system sets it
 */
public record ControlLines(@Nullable Boolean dtr, @Nullable Boolean rts) {
  public static final ControlLines LEFT_ALONE = new ControlLines(null, null);
}
