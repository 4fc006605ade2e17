package dev.switchback.wire;

/** The two bytes that distinguish lines of frames from text. */
final class Marker {
  /** Begins the first line of a frame ... */
  static final byte FIRST = 0x06;

  /** ... with this one. */
  static final byte FIRST_SECOND = 0x09;

  /** Begins each other line ... */
  static final byte NEXT = 0x04;

  /** ... with this one. */
  static final byte NEXT_SECOND = 0x14;

  private Marker() {}
}
