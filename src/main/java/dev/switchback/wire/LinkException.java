package dev.switchback.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A line could not be opened, or is gone. The message says what happened and what fixes it. */
public final class LinkException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What has to be fixed. */
  public enum Kind {
    /** There is no port of that name. */
    NO_PORT,
    /** This user has no permission to use it. */
    PERMISSION,
    /** Another program holds it. */
    BUSY,
    /** It was open and was lost. */
    LOST,
    /** Anything else. */
    OTHER
  }

  private final Kind kind;
  private final String what;
  private final @Nullable String fix;

  public LinkException(Kind kind, String message, @Nullable Throwable cause) {
    this(kind, message, null, cause);
  }

  public LinkException(Kind kind, String message) {
    this(kind, message, null, null);
  }

  /**
   * A failure of a line.
   *
   * @param what happened
   * @param fix appended after a semicolon; null if there is none
   */
  public LinkException(Kind kind, String what, @Nullable String fix, @Nullable Throwable cause) {
    super(fix == null ? what : what + "; " + fix, cause);
    this.kind = kind;
    this.what = what;
    this.fix = fix;
  }

  /** Returns what happened. */
  public String what() {
    return what;
  }

  /** Returns the fix; null if it is not separate. */
  public @Nullable String fix() {
    return fix;
  }

  public Kind kind() {
    return kind;
  }
}
