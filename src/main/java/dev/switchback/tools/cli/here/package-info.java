/** Commands on the device of this machine. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.cli.here;
