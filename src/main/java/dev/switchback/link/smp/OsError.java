package dev.switchback.link.smp;

/** Errors of group 0. */
public enum OsError implements GroupError {
  UNKNOWN(1, SmpError.UNKNOWN),
  INVALID_FORMAT(2, SmpError.INVALID),
  NO_ANSWER(3, SmpError.NO_ENTRY);

  static final int GROUP = 0;

  private final int code;
  private final SmpError translated;

  OsError(int code, SmpError translated) {
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
