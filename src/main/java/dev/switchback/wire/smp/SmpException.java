package dev.switchback.wire.smp;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request that is answered by an error, or bytes that are no message. The message says why. */
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
    error = groupError.translated();
    this.groupError = groupError;
  }

  /** The error of the protocol; of a group's error its translation. */
  public SmpError error() {
    return error;
  }

  /** The group's own error; null if it is one of the protocol. */
  public @Nullable GroupError groupError() {
    return groupError;
  }
}
