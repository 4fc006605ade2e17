package dev.switchback.wire.smp;

import org.jspecify.annotations.Nullable;

/** Errors of the protocol; their codes are the field {@code rc}. */
public enum SmpError {
  OK(0, ""),
  UNKNOWN(1, "unknown error"),
  OUT_OF_MEMORY(2, "not enough memory"),
  INVALID(3, "a field is missing or wrong"),
  TIMEOUT(4, "it took too long"),
  NO_ENTRY(5, "there is no such entry"),
  BAD_STATE(6, "not in this state"),
  TOO_LONG(7, "the answer would be too long"),
  NOT_SUPPORTED(8, "it does not know this command"),
  CORRUPT(9, "what it holds is damaged"),
  BUSY(10, "it is busy"),
  ACCESS_DENIED(11, "access is denied"),
  TOO_OLD(12, "it does not speak this protocol any more"),
  TOO_NEW(13, "it does not speak this protocol yet");

  private final int code;
  private final String text;

  SmpError(int code, String text) {
    this.code = code;
    this.text = text;
  }

  public int code() {
    return code;
  }

  /** Returns a text for people. */
  public String text() {
    return text;
  }

  /** Returns the error with a code; null if there is none. */
  public static @Nullable SmpError of(long code) {
    for (SmpError error : values()) {
      if (error.code == code) {
        return error;
      }
    }
    return null;
  }
}
