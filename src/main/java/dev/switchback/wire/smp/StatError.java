package dev.switchback.wire.smp;

/** Errors of group 2. */
public final class StatError {
  static final int GROUP = 2;

  public static final GroupError NO_SUCH_NAME = of(3, SmpError.NO_ENTRY);

  private StatError() {}

  private static GroupError of(int code, SmpError translated) {
    return new GroupError(GROUP, code, translated);
  }
}
