package dev.switchback.wire.smp;

/**
 * An error defined by a group. SMP 2 sends it with the group, SMP 1 as the nearest {@link
 * SmpError}. The numbers are Zephyr's; those of group 100 are in protocol.md. Some are sent by
 * other servers only.
 */
public enum GroupError {
  OS_UNKNOWN(0, 1, "unknown error"),
  OS_INVALID_FORMAT(0, 2, SmpError.INVALID, "the format is not known"),
  OS_NO_ANSWER(0, 3, SmpError.NO_ENTRY, "there is no answer to this"),
  OS_NO_CLOCK_SET(0, 4, "the clock is not set"),
  OS_NO_CLOCK(0, 5, "the clock does not answer"),
  IMAGE_UNKNOWN(1, 1, "unknown error"),
  IMAGE_FLASH_QUERY_FAILED(1, 2, "the flash cannot be queried"),
  IMAGE_NO_IMAGE(1, 3, SmpError.NO_ENTRY, "there is no such image"),
  IMAGE_NO_TLVS(1, 4, SmpError.NO_ENTRY, "the image has no TLVs"),
  IMAGE_INVALID_TLV(1, 5, "a TLV is not valid"),
  IMAGE_REPEATED_HASH(1, 6, "the image has several hashes"),
  IMAGE_INVALID_TLV_SIZE(1, 7, "a TLV has the wrong size"),
  IMAGE_NO_HASH(1, 8, "there is no image of this hash"),
  IMAGE_NO_FREE_SLOT(1, 9, SmpError.BAD_STATE, "no slot is free"),
  IMAGE_OPEN_FAILED(1, 10, "the slot cannot be opened"),
  IMAGE_READ_FAILED(1, 11, "the slot cannot be read"),
  IMAGE_WRITE_FAILED(1, 12, "the slot cannot be written"),
  IMAGE_ERASE_FAILED(1, 13, "the slot cannot be erased"),
  IMAGE_INVALID_SLOT(1, 14, SmpError.INVALID, "there is no such slot"),
  IMAGE_NO_FREE_MEMORY(1, 15, "not enough memory"),
  IMAGE_ALREADY_OPEN(1, 16, "the slot is open already"),
  IMAGE_NOT_OPEN(1, 17, "the slot is not open"),
  IMAGE_NO_FLASH(1, 18, "the slot cannot be queried"),
  IMAGE_INVALID_PAGE(1, 19, "the page cannot be queried"),
  IMAGE_INVALID_OFFSET(1, 20, "the offset is not valid"),
  IMAGE_INVALID_LENGTH(1, 21, SmpError.INVALID, "the length is missing or not valid"),
  IMAGE_INVALID_HEADER(1, 22, SmpError.INVALID, "the image's header is not valid"),
  IMAGE_INVALID_MAGIC(1, 23, "the image's magic is wrong"),
  IMAGE_INVALID_HASH(1, 24, SmpError.INVALID, "the hash is wrong"),
  IMAGE_INVALID_ADDRESS(1, 25, "the image is for another address"),
  IMAGE_NO_VERSION(1, 26, "the image has no version"),
  IMAGE_VERSION_NOT_NEWER(1, 27, SmpError.BAD_STATE, "the version that runs is newer"),
  IMAGE_ALREADY_PENDING(1, 28, SmpError.BAD_STATE, "an image is marked already"),
  IMAGE_INVALID_VECTOR_TABLE(1, 29, "the image's vector table is not valid"),
  IMAGE_TOO_LARGE(1, 30, "the image is too large"),
  IMAGE_OVERRUN(1, 31, "more bytes came than announced"),
  IMAGE_CONFIRMATION_DENIED(1, 32, "it may not be confirmed"),
  IMAGE_TEST_OF_ACTIVE_DENIED(1, 33, "the image in use cannot be tested"),
  STAT_UNKNOWN(2, 1, "unknown error"),
  STAT_NO_SUCH_GROUP(2, 2, "there is no such group"),
  STAT_NO_SUCH_NAME(2, 3, SmpError.NO_ENTRY, "there is no such value"),
  STAT_INVALID_SIZE(2, 4, "a value has no valid size"),
  STAT_READ_ABORTED(2, 5, "reading was aborted"),
  FILE_UNKNOWN(8, 1, "unknown error"),
  FILE_INVALID_NAME(8, 2, SmpError.INVALID, "the name is not valid"),
  FILE_NOT_FOUND(8, 3, SmpError.NO_ENTRY, "there is no such file"),
  FILE_IS_DIRECTORY(8, 4, "it is a directory"),
  FILE_OPEN_FAILED(8, 5, "the file cannot be opened"),
  FILE_SEEK_FAILED(8, 6, "the file has no such position"),
  FILE_READ_FAILED(8, 7, "the file cannot be read"),
  FILE_TRUNCATE_FAILED(8, 8, "the file cannot be shortened"),
  FILE_DELETE_FAILED(8, 9, "the file cannot be deleted"),
  FILE_WRITE_FAILED(8, 10, "the file cannot be written"),
  FILE_OFFSET_NOT_VALID(8, 11, "the offset is not valid"),
  FILE_OFFSET_BEHIND_END(8, 12, "the offset is beyond the end"),
  FILE_NO_SUCH_HASH(8, 13, SmpError.INVALID, "there is no such checksum"),
  FILE_NO_MOUNT_POINT(8, 14, SmpError.NO_ENTRY, "nothing is mounted there"),
  FILE_READ_ONLY(8, 15, "the file cannot be changed"),
  FILE_EMPTY(8, 16, "the file is empty"),
  SHELL_UNKNOWN(9, 1, "unknown error"),
  SHELL_TOO_LONG(9, 2, SmpError.INVALID, "the command is too long"),
  SHELL_EMPTY(9, 3, SmpError.INVALID, "there is no command"),
  ENUM_INDEX_TOO_LARGE(10, 4, SmpError.INVALID, "there is no group of this index"),
  SWITCHBACK_UNKNOWN(100, 1, "unknown error"),
  SWITCHBACK_REFUSED(100, 2, SmpError.BAD_STATE, "not in this state"),
  SWITCHBACK_NO_IMAGE(100, 3, SmpError.NO_ENTRY, "there is no such image"),
  SWITCHBACK_SELF_TEST(100, 4, SmpError.CORRUPT, "the image fails the self-test"),
  SWITCHBACK_STORAGE(100, 5, "the storage fails"),
  SWITCHBACK_INPUT(100, 6, SmpError.INVALID, "the input is not valid"),
  SWITCHBACK_BUSY(100, 7, SmpError.BUSY, "it is busy");

  private final int group;
  private final int code;
  private final SmpError smp1Error;
  private final String text;

  GroupError(int group, int code, SmpError smp1Error, String text) {
    this.group = group;
    this.code = code;
    this.smp1Error = smp1Error;
    this.text = text;
  }

  /** An error without a counterpart in SMP 1. */
  GroupError(int group, int code, String text) {
    this(group, code, SmpError.UNKNOWN, text);
  }

  public int group() {
    return group;
  }

  /** Returns the code, unique in the group, 1 or more. */
  public int code() {
    return code;
  }

  /** Returns the error sent to SMP 1 clients. */
  public SmpError smp1Error() {
    return smp1Error;
  }

  /** Returns a text for people; the numbers if the error is unknown. */
  public static String text(long group, long code) {
    for (GroupError error : values()) {
      if (error.group == group && error.code == code) {
        return error.text;
      }
    }
    return "error " + code + " of group " + group;
  }
}
