package dev.switchback;

import org.jspecify.annotations.Nullable;

/** A command cannot go on; the message says what happened and what fixes it. */
public final class Refusal extends Exception implements Program.Failure {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String what;
  private final @Nullable String fix;

  public Refusal(ExitCode exitCode, String message) {
    this(exitCode, message, null, null);
  }

  public Refusal(ExitCode exitCode, String message, Throwable cause) {
    this(exitCode, message, null, cause);
  }

  public Refusal(ExitCode exitCode, String what, String fix) {
    this(exitCode, what, fix, null);
  }

  /**
   * A refusal.
   *
   * @param what happened, and where
   * @param fix follows it behind a semicolon; null if there is none to tell
   */
  public Refusal(ExitCode exitCode, String what, @Nullable String fix, @Nullable Throwable cause) {
    super(Program.sentence(what, fix), cause);
    this.exitCode = exitCode;
    this.what = what;
    this.fix = fix;
  }

  @Override
  public int exitCode() {
    return exitCode.code();
  }

  @Override
  public String what() {
    return what;
  }

  @Override
  public @Nullable String fix() {
    return fix;
  }
}
