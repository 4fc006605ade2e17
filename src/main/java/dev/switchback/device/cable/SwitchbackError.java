package dev.switchback.device.cable;

import dev.switchback.device.store.StoreException;
import dev.switchback.wire.smp.GroupError;
import dev.switchback.wire.smp.SmpError;
import dev.switchback.wire.smp.SmpException;

/** Errors of group 100. */
final class SwitchbackError {
  static final int GROUP = 100;

  static final GroupError REFUSED = of(2, SmpError.BAD_STATE);
  static final GroupError NO_IMAGE = of(3, SmpError.NO_ENTRY);
  static final GroupError SELF_TEST = of(4, SmpError.CORRUPT);
  static final GroupError STORAGE = of(5, SmpError.UNKNOWN);
  static final GroupError INPUT = of(6, SmpError.INVALID);
  static final GroupError BUSY = of(7, SmpError.BUSY);

  private SwitchbackError() {}

  private static GroupError of(int code, SmpError translated) {
    return new GroupError(GROUP, code, translated);
  }

  static SmpException of(StoreException refusal) {
    GroupError error =
        switch (refusal.reason()) {
          case REFUSED -> REFUSED;
          case BUSY -> BUSY;
          case NO_IMAGE -> NO_IMAGE;
          case SELF_TEST -> SELF_TEST;
          case STORAGE -> STORAGE;
        };
    return new SmpException(error, String.valueOf(refusal.getMessage()));
  }
}
