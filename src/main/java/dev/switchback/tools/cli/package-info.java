/** Code that the commands share: input and output files, the terminal, JSON. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.cli;
