/** Commands for a device on a serial port. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.cli.line;
