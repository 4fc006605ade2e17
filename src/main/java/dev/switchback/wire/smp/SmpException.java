package dev.switchback.wire.smp;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A request is answered by an error, or bytes are not a valid message. The message gives the
 * reason.
 */
public final class SmpException extends IOException {
  private static final long serialVersionUID = 1L;

  private final SmpError error;
  private final @Nullable GroupError groupError;

  public SmpException(SmpError error, String message) {
    this(error, message, null);
  }

  SmpException(SmpError error, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.error = error;
    groupError = null;
  }

  public SmpException(GroupError groupError, String message) {
    super(message);
    error = groupError.smp1Error();
    this.groupError = groupError;
  }

  /** Returns the error of the protocol; for a group error, its counterpart. */
  public SmpError error() {
    return error;
  }

  /** Returns the group error; null if it is an error of the protocol. */
  public @Nullable GroupError groupError() {
    return groupError;
  }
}
