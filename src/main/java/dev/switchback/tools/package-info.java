/** The {@code switchback} command for laptop and device. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools;
