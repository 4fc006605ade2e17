/** Commands for the device on this machine. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.cli.here;
