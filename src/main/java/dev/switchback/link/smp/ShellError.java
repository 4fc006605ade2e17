package dev.switchback.link.smp;

/** Errors of group 9. */
public enum ShellError implements GroupError {
  TOO_LONG(2),
  EMPTY(3);

  static final int GROUP = 9;

  private final int code;

  ShellError(int code) {
    this.code = code;
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
    return SmpError.INVALID;
  }
}
