/**
 * What travels over the cable, as bytes and nothing else: frames, YMODEM, a line editor. No thread,
 * no clock: callers bring the time along. The protocol page describes all of it.
 */
@org.jspecify.annotations.NullMarked
package dev.switchback.wire;
