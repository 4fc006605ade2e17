package dev.switchback.link.smp;

/** Errors of group 10. */
public enum EnumError implements GroupError {
  INDEX_TOO_LARGE(4, SmpError.INVALID);

  static final int GROUP = 10;

  private final int code;
  private final SmpError translated;

  EnumError(int code, SmpError translated) {
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
