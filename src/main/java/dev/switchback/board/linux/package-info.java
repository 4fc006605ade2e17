/**
 * What Linux alone knows: a directory that keeps files, GPIO chips by label, Raspberry Pi models.
 */
@org.jspecify.annotations.NullMarked
package dev.switchback.board.linux;
