package dev.switchback;

/** A command cannot go on; the message says what happened and what mends it. */
public final class Refusal extends Exception implements Program.Failure {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  public Refusal(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public Refusal(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  @Override
  public int exitCode() {
    return exitCode;
  }
}
