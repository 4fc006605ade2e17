package dev.switchback.link.smp;

/** Errors of group 8. */
public enum FileError implements GroupError {
  UNKNOWN(1, SmpError.UNKNOWN),
  INVALID_NAME(2, SmpError.INVALID),
  NOT_FOUND(3, SmpError.NO_ENTRY),
  IS_DIRECTORY(4, SmpError.UNKNOWN),
  READ_FAILED(7, SmpError.UNKNOWN),
  WRITE_FAILED(10, SmpError.UNKNOWN),
  OFFSET_NOT_VALID(11, SmpError.UNKNOWN),
  OFFSET_BEHIND_END(12, SmpError.UNKNOWN),
  NO_SUCH_HASH(13, SmpError.INVALID),
  NO_MOUNT_POINT(14, SmpError.NO_ENTRY),
  READ_ONLY(15, SmpError.UNKNOWN),
  EMPTY(16, SmpError.UNKNOWN);

  static final int GROUP = 8;

  private final int code;
  private final SmpError translated;

  FileError(int code, SmpError translated) {
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
