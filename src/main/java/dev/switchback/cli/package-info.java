/** The command line. */
@org.jspecify.annotations.NullMarked
package dev.switchback.cli;
