package dev.switchback.wire.smp;

/** Errors of group 10. */
public final class EnumError {
  static final int GROUP = 10;

  public static final GroupError INDEX_TOO_LARGE = of(4, SmpError.INVALID);

  private EnumError() {}

  private static GroupError of(int code, SmpError translated) {
    return new GroupError(GROUP, code, translated);
  }
}
