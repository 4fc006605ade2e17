/**
 * The bytes of the cable: frames, YMODEM, a line editor. No threads and no clock; callers pass in
 * the time. protocol.md specifies it.
 */
@org.jspecify.annotations.NullMarked
package dev.switchback.wire;
