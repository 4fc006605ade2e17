/** The bench: runs a device in this process, with a screen and keys on the terminal. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.bench;
