package dev.switchback.format;

import java.io.IOException;

/**
 * Bytes that are not the format they should be; the message names the check that failed. What it
 * quotes of them is made safe for terminals and logs: no control characters, and not endless.
 */
public class FormatException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_MESSAGE_LENGTH = 500;

  public FormatException(String message) {
    super(printable(message));
  }

  public FormatException(String message, Throwable cause) {
    super(printable(message), cause);
  }

  private static String printable(String message) {
    String line = PrintableText.of(message);
    return line.length() <= MAX_MESSAGE_LENGTH
        ? line
        : line.substring(0, MAX_MESSAGE_LENGTH) + "...";
  }
}
