/** The header and the simulated board, both through Pi4J; the only package that sees it. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device.board.pi4j;
