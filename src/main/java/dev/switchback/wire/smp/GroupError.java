package dev.switchback.wire.smp;

/**
 * An error that a group defines; SMP 2 tells it with the group, SMP 1 by its nearest relative.
 *
 * @param code unique in the group, 1 or more
 * @param translated what a client of SMP 1 is told
 */
public record GroupError(int group, int code, SmpError translated) {}
