/** The pins of a device, and their wiring. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device.board;
