package dev.switchback.wire.smp;

/** Errors of group 8. */
public final class FileError {
  static final int GROUP = 8;

  public static final GroupError INVALID_NAME = of(2, SmpError.INVALID);
  public static final GroupError NOT_FOUND = of(3, SmpError.NO_ENTRY);
  public static final GroupError READ_FAILED = of(7, SmpError.UNKNOWN);
  public static final GroupError WRITE_FAILED = of(10, SmpError.UNKNOWN);
  public static final GroupError OFFSET_NOT_VALID = of(11, SmpError.UNKNOWN);
  public static final GroupError OFFSET_BEHIND_END = of(12, SmpError.UNKNOWN);
  public static final GroupError NO_SUCH_HASH = of(13, SmpError.INVALID);
  public static final GroupError NO_MOUNT_POINT = of(14, SmpError.NO_ENTRY);
  public static final GroupError READ_ONLY = of(15, SmpError.UNKNOWN);
  public static final GroupError EMPTY = of(16, SmpError.UNKNOWN);

  private FileError() {}

  private static GroupError of(int code, SmpError translated) {
    return new GroupError(GROUP, code, translated);
  }
}
