/** The board of this machine and the simulated one, both through Pi4J; no other package uses it. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device.board.pi4j;
