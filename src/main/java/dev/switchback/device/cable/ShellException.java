package dev.switchback.device.cable;

import dev.switchback.PrintableText;

/** A shell command was not carried out; the message says why and what mends it. */
final class ShellException extends Exception {
  private static final long serialVersionUID = 1L;

  /** It may quote whatever was asked for. */
  private static final int MAX_CHARACTERS = 200;

  ShellException(String message) {
    super(PrintableText.of(message, MAX_CHARACTERS));
  }
}
