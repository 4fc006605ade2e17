package dev.switchback.wire.serial;

import org.jspecify.annotations.Nullable;

/**
 * A serial port that the system shows.
 *
 * @param name last part of the path
 * @param path what opens it
 * @param byIdPath the same port by what is plugged in, which stays when ports are numbered anew;
 *     null if it has none
 * @param description what is plugged in, as far as it tells
 */
public record ListedPort(String name, String path, @Nullable String byIdPath, String description) {}
