package dev.switchback.device.cable;

import dev.switchback.PrintableText;

/** A shell command was refused. The message gives the reason and the fix. */
final class ShellException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The message may quote the input. */
  private static final int MAX_CHARACTERS = 200;

  ShellException(String message) {
    super(PrintableText.of(message, MAX_CHARACTERS));
  }
}
