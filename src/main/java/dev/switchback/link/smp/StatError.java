package dev.switchback.link.smp;

/** Errors of group 2. */
public enum StatError implements GroupError {
  NO_SUCH_NAME(3, SmpError.NO_ENTRY);

  static final int GROUP = 2;

  private final int code;
  private final SmpError translated;

  StatError(int code, SmpError translated) {
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
