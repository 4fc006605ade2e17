package dev.switchback.image;

import java.io.IOException;

/** Bytes that are not the format they should be; the message names the check that failed. */
public class FormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public FormatException(String message) {
    super(message);
  }

  public FormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
