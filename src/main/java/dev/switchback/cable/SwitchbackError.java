package dev.switchback.cable;

import dev.switchback.link.smp.GroupError;
import dev.switchback.link.smp.SmpError;
import dev.switchback.link.smp.SmpException;
import dev.switchback.store.StoreException;

/** Errors of group 100. */
enum SwitchbackError implements GroupError {
  UNKNOWN(1, SmpError.UNKNOWN),
  REFUSED(2, SmpError.BAD_STATE),
  NO_IMAGE(3, SmpError.NO_ENTRY),
  SELF_TEST(4, SmpError.CORRUPT),
  STORAGE(5, SmpError.UNKNOWN),
  INPUT(6, SmpError.INVALID);

  static final int GROUP = 100;

  private final int code;
  private final SmpError translated;

  SwitchbackError(int code, SmpError translated) {
    this.code = code;
    this.translated = translated;
  }

  static SmpException of(StoreException refusal) {
    SwitchbackError error =
        switch (refusal.reason()) {
          case REFUSED -> REFUSED;
          case NO_IMAGE -> NO_IMAGE;
          case SELF_TEST -> SELF_TEST;
          case STORAGE -> STORAGE;
        };
    return new SmpException(error, String.valueOf(refusal.getMessage()));
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
