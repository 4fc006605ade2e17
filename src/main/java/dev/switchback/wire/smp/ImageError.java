package dev.switchback.wire.smp;

/** Errors of group 1. */
public final class ImageError {
  static final int GROUP = 1;

  public static final GroupError UNKNOWN = of(1, SmpError.UNKNOWN);
  public static final GroupError NO_IMAGE = of(3, SmpError.NO_ENTRY);
  public static final GroupError NO_TLVS = of(4, SmpError.NO_ENTRY);
  public static final GroupError INVALID_TLV = of(5, SmpError.UNKNOWN);
  public static final GroupError REPEATED_HASH = of(6, SmpError.UNKNOWN);
  public static final GroupError INVALID_TLV_SIZE = of(7, SmpError.UNKNOWN);
  public static final GroupError NO_HASH = of(8, SmpError.UNKNOWN);
  public static final GroupError NO_FREE_SLOT = of(9, SmpError.BAD_STATE);
  public static final GroupError WRITE_FAILED = of(12, SmpError.UNKNOWN);
  public static final GroupError INVALID_SLOT = of(14, SmpError.INVALID);
  public static final GroupError INVALID_LENGTH = of(21, SmpError.INVALID);
  public static final GroupError INVALID_HEADER = of(22, SmpError.INVALID);
  public static final GroupError INVALID_MAGIC = of(23, SmpError.UNKNOWN);
  public static final GroupError INVALID_HASH = of(24, SmpError.INVALID);
  public static final GroupError VERSION_NOT_NEWER = of(27, SmpError.BAD_STATE);
  public static final GroupError ALREADY_PENDING = of(28, SmpError.BAD_STATE);
  public static final GroupError TOO_LARGE = of(30, SmpError.UNKNOWN);
  public static final GroupError OVERRUN = of(31, SmpError.UNKNOWN);
  public static final GroupError CONFIRMATION_DENIED = of(32, SmpError.UNKNOWN);
  public static final GroupError TEST_OF_ACTIVE_DENIED = of(33, SmpError.UNKNOWN);

  private ImageError() {}

  private static GroupError of(int code, SmpError translated) {
    return new GroupError(GROUP, code, translated);
  }
}
