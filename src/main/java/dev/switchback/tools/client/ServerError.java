package dev.switchback.tools.client;

import dev.switchback.wire.smp.SmpError;
import dev.switchback.wire.smp.SmpMap;
import java.io.IOException;
import java.util.Set;

/**
 * Why a server does not do what it was asked.
 *
 * @param group whose error it is; {@link #OF_THE_PROTOCOL} for one that any group may give
 */
record ServerError(long group, long code) {
  static final long OF_THE_PROTOCOL = -1;

  /** What only a client that asks wrongly, or asks another kind of device, is told. */
  private static final Set<Long> MISUNDERSTOOD =
      Set.of(
          (long) SmpError.INVALID.code(),
          (long) SmpError.TOO_LONG.code(),
          (long) SmpError.NOT_SUPPORTED.code(),
          (long) SmpError.CORRUPT.code(),
          (long) SmpError.TOO_OLD.code(),
          (long) SmpError.TOO_NEW.code());

  /** The error in an answer. */
  static ServerError of(SmpMap answer) throws IOException {
    if (answer.has("err")) {
      SmpMap error = answer.map("err");
      return new ServerError(error.number("group"), error.number("rc"));
    }
    return new ServerError(OF_THE_PROTOCOL, answer.number("rc", SmpError.OK.code()));
  }

  /** Whether there is none. */
  boolean isNone() {
    return code == SmpError.OK.code();
  }

  /** Whether client and server do not fit together, rather than the server refusing. */
  boolean isMisunderstanding() {
    return group == OF_THE_PROTOCOL && MISUNDERSTOOD.contains(code);
  }

  String text() {
    return group == OF_THE_PROTOCOL ? ErrorText.generic(code) : ErrorText.ofGroup(group, code);
  }
}
