package dev.switchback.wire;

/** Why a frame was dropped. */
public enum Drop {
  /** Complete, but with a wrong CRC. */
  CRC,
  /** A character outside base64, padding before the end, or a line that ends inside a group. */
  BASE64,
  /** More bytes than announced, or an empty packet announced. */
  LENGTH,
  /** A continuation line without a frame. */
  ORPHAN,
  /** A timeout before the end. */
  TIMEOUT,
  /** Another frame or a line of text began before the end. */
  ABANDONED
}
