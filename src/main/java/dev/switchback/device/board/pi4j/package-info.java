/** The header and the simulated board, both through Pi4J; no other package uses it. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device.board.pi4j;
