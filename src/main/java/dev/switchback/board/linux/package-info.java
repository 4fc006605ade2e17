/** What the device asks of Linux beside the header: a directory that keeps its files. */
@org.jspecify.annotations.NullMarked
package dev.switchback.board.linux;
