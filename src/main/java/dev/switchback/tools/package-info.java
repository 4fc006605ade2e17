/** The program on the laptop: the {@code switchback} command. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools;
