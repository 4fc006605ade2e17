/**
 * What the program on the board and the one on the laptop share beside their ground: time, exit
 * codes, and how work that lasts is shown.
 */
@org.jspecify.annotations.NullMarked
package dev.switchback;
