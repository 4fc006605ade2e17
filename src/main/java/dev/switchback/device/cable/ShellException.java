package dev.switchback.device.cable;

/** A shell command was not carried out; the message says why and what mends it. */
final class ShellException extends Exception {
  private static final long serialVersionUID = 1L;

  ShellException(String message) {
    super(message);
  }

  ShellException(Exception cause) {
    super(cause.getMessage(), cause);
  }
}
