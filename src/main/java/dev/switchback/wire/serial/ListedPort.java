package dev.switchback.wire.serial;

import org.jspecify.annotations.Nullable;

/**
 * A serial port of the system.
 *
 * @param name the last part of the path
 * @param path the path to open
 * @param byIdPath the path by device identity, which is stable when port numbers change; null if
 *     there is none
 * @param description description of the device, as far as it is known
 */
public record ListedPort(String name, String path, @Nullable String byIdPath, String description) {}
