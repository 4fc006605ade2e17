/** A device in this process on a terminal: its screen and keys. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.bench;
