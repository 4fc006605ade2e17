package dev.switchback.wire.smp;

/** Errors of the protocol itself; protocol.md calls their codes {@code rc}. */
public enum SmpError {
  OK(0),
  UNKNOWN(1),
  OUT_OF_MEMORY(2),
  INVALID(3),
  TIMEOUT(4),
  NO_ENTRY(5),
  BAD_STATE(6),
  TOO_LONG(7),
  NOT_SUPPORTED(8),
  CORRUPT(9),
  BUSY(10),
  ACCESS_DENIED(11),
  TOO_OLD(12),
  TOO_NEW(13);

  private final int code;

  SmpError(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
