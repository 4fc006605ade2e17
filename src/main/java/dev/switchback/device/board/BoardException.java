package dev.switchback.device.board;

import dev.switchback.ExitCode;
import dev.switchback.Program;
import org.jspecify.annotations.Nullable;

/** A board could not be opened, or is lost. The message says what happened and how to fix it. */
public final class BoardException extends RuntimeException implements Program.Failure {
  private static final long serialVersionUID = 1L;

  /** What has to be fixed. */
  public enum Kind {
    /** The hardware is missing, or the kernel does not know it. */
    NO_BOARD,
    /** This user has no permission to use it. */
    PERMISSION,
    /** Another program holds a line. */
    BUSY,
    /** Anything else; the cause is kept. */
    OTHER
  }

  private final Kind kind;

  public BoardException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Returns the failure of a user who may not open something. */
  public static BoardException denied(String what, Throwable cause) {
    return new BoardException(
        Kind.PERMISSION,
        "no permission to open "
            + what
            + ": run 'sudo usermod -aG gpio $USER', then log out and in again",
        cause);
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public int exitCode() {
    return switch (kind) {
      case NO_BOARD -> ExitCode.NO_DEVICE.code();
      case PERMISSION -> ExitCode.PERMISSION.code();
      case BUSY -> ExitCode.BUSY.code();
      case OTHER -> ExitCode.INTERNAL.code();
    };
  }
}
