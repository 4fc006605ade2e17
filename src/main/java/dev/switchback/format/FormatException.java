package dev.switchback.format;

import dev.switchback.PrintableText;
import java.io.IOException;

/**
 * Bytes do not have the expected format. The message names the check that failed; quoted bytes are
 * safe for terminals and logs, see {@link PrintableText}.
 */
public class FormatException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_CHARACTERS = 500;

  public FormatException(String message) {
    super(PrintableText.of(message, MAX_CHARACTERS));
  }

  public FormatException(String message, Throwable cause) {
    super(PrintableText.of(message, MAX_CHARACTERS), cause);
  }
}
