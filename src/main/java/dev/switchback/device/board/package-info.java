/** The pins of a device, a handful of methods each, and how they are wired. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device.board;
