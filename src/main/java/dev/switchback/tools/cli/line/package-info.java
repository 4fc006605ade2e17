/** Commands to a device at the other end of a line. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.cli.line;
