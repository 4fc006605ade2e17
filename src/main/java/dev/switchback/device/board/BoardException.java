package dev.switchback.device.board;

import dev.switchback.ExitCode;
import dev.switchback.Program;
import org.jspecify.annotations.Nullable;

/** A board could not be opened. The message says what happened and how to fix it. */
public final class BoardException extends RuntimeException implements Program.Failure {
  private static final long serialVersionUID = 1L;

  /** What has to be fixed. */
  public enum Kind {
    /** The hardware is missing, or the driver does not know it. */
    NO_BOARD,
    /** This user has no permission to use it. */
    PERMISSION,
    /** Another program holds a line. */
    BUSY,
    /** The kernel lacks an interface the driver needs. */
    KERNEL,
    /** Anything else; the cause is kept. */
    OTHER
  }

  private final Kind kind;

  public BoardException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public int exitCode() {
    return switch (kind) {
      case NO_BOARD, KERNEL -> ExitCode.NO_DEVICE.code();
      case PERMISSION -> ExitCode.PERMISSION.code();
      case BUSY -> ExitCode.BUSY.code();
      case OTHER -> ExitCode.INTERNAL.code();
    };
  }
}
