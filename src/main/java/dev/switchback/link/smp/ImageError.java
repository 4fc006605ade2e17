package dev.switchback.link.smp;

/** Errors of group 1. */
public enum ImageError implements GroupError {
  UNKNOWN(1, SmpError.UNKNOWN),
  NO_IMAGE(3, SmpError.NO_ENTRY),
  NO_TLVS(4, SmpError.NO_ENTRY),
  INVALID_TLV(5, SmpError.UNKNOWN),
  REPEATED_HASH(6, SmpError.UNKNOWN),
  INVALID_TLV_SIZE(7, SmpError.UNKNOWN),
  NO_HASH(8, SmpError.UNKNOWN),
  NO_FREE_SLOT(9, SmpError.BAD_STATE),
  WRITE_FAILED(12, SmpError.UNKNOWN),
  ERASE_FAILED(13, SmpError.UNKNOWN),
  INVALID_SLOT(14, SmpError.INVALID),
  OUT_OF_MEMORY(15, SmpError.OUT_OF_MEMORY),
  INVALID_LENGTH(21, SmpError.INVALID),
  INVALID_HEADER(22, SmpError.INVALID),
  INVALID_MAGIC(23, SmpError.UNKNOWN),
  INVALID_HASH(24, SmpError.INVALID),
  VERSION_NOT_NEWER(27, SmpError.BAD_STATE),
  ALREADY_PENDING(28, SmpError.BAD_STATE),
  TOO_LARGE(30, SmpError.UNKNOWN),
  OVERRUN(31, SmpError.UNKNOWN),
  CONFIRMATION_DENIED(32, SmpError.UNKNOWN),
  TEST_OF_ACTIVE_DENIED(33, SmpError.UNKNOWN);

  static final int GROUP = 1;

  private final int code;
  private final SmpError translated;

  ImageError(int code, SmpError translated) {
    this.code = code;
    this.translated = translated;
  }

  @Override
  public int group() {
    return GROUP;
  }

  @Override
  public int code() {
    return code;
  }

  @Override
  public SmpError translated() {
    return translated;
  }
}
