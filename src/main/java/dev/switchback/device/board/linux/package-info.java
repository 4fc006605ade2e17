/** What Linux knows of a board: GPIO chips by label, lines by ioctl, Raspberry Pi models. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device.board.linux;
