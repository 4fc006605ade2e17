package dev.switchback.wire.smp;

/** Errors of group 0. */
public final class OsError {
  static final int GROUP = 0;

  public static final GroupError INVALID_FORMAT = of(2, SmpError.INVALID);
  public static final GroupError NO_ANSWER = of(3, SmpError.NO_ENTRY);

  private OsError() {}

  private static GroupError of(int code, SmpError translated) {
    return new GroupError(GROUP, code, translated);
  }
}
