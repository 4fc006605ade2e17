package dev.switchback.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A line could not be opened, or is gone. The message says what happened and what mends it. */
public final class LinkException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What kind of thing has to be mended. */
  public enum Kind {
    /** There is no port of that name. */
    NO_PORT,
    /** It is there, and this user may not use it. */
    PERMISSION,
    /** Another program holds it. */
    BUSY,
    /** It was open, and is not any more. */
    LOST,
    /** Anything else. */
    OTHER
  }

  private final Kind kind;

  public LinkException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public LinkException(Kind kind, String message) {
    this(kind, message, null);
  }

  public Kind kind() {
    return kind;
  }
}
