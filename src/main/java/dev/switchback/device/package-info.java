/** The program on the board. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device;
