package dev.switchback.wire;

/** Why a frame was dropped. */
public enum Drop {
  /** Complete, with a wrong checksum. */
  CRC,
  /**
   * A character that is none of base64, padding before the end, a line that ends inside a group.
   */
  BASE64,
  /** More bytes than announced, or announced to be empty. */
  LENGTH,
  /** A line that continues a frame, and none was begun. */
  ORPHAN,
  /** Silence before the end. */
  TIMEOUT,
  /** Another frame, or a line that is none, began before the end. */
  ABANDONED
}
