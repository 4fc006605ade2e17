package dev.switchback.wire.smp;

/** Errors of group 9. */
final class ShellError {
  static final int GROUP = 9;

  static final GroupError TOO_LONG = of(2, SmpError.INVALID);
  static final GroupError EMPTY = of(3, SmpError.INVALID);

  private ShellError() {}

  private static GroupError of(int code, SmpError translated) {
    return new GroupError(GROUP, code, translated);
  }
}
