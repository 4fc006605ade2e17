package dev.switchback.format;

/** The checks of a weight image, in order; see weight-image.md, section 5. */
public enum ImageCheck {
  SIZE,
  MAGIC,
  LOAD_ADDRESS,
  HEADER_SIZE,
  PAYLOAD_SIZE,
  PROTECTED_SIZE,
  FLAGS,
  PADDING,
  TLV_MAGIC,
  TLV_TOTAL,
  TLV_TYPE,
  TLV_LENGTH,
  TLV_REPEATED,
  HASH_MISSING,
  SIGNATURE_INCOMPLETE,
  HASH,
  PAYLOAD,
  TOPOLOGY,
  ENGINE,
  Q_FORMAT,
  LESSON,
  UNSIGNED,
  KEY,
  SIGNATURE
}
