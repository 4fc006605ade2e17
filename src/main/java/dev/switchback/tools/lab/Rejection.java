package dev.switchback.tools.lab;

import org.jspecify.annotations.Nullable;

/** A request that is not fulfilled; the message tells people why. */
final class Rejection extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status of HTTP, 400 to 503
   */
  Rejection(int status, String message) {
    this(status, message, null);
  }

  Rejection(int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  int status() {
    return status;
  }
}
