package dev.switchback.wire.smp;

/**
 * An image in a slot, as SMP reports it.
 *
 * @param slot 0 or 1
 * @param version of the form {@code 1.2.3} or {@code 1.2.3+4}
 */
public record ImageState(
    int slot,
    String version,
    ImageHash hash,
    boolean bootable,
    boolean pending,
    boolean confirmed,
    boolean active,
    boolean permanent) {}
