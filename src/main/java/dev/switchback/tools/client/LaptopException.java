package dev.switchback.tools.client;

import dev.switchback.ExitCode;
import dev.switchback.Program;
import dev.switchback.wire.LinkException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A command to a device that did not succeed. The message says the cause and what mends it. */
public final class LaptopException extends IOException implements Program.Failure {
  private static final long serialVersionUID = 1L;

  /** What kind of thing has to be mended. */
  public enum Kind {
    /** There is no such port, or none with a device. */
    NO_PORT,
    /** The port is there, and this user may not use it. */
    PERMISSION,
    /** Another program holds the port. */
    BUSY,
    /** Nothing answers, or what did has gone. */
    NO_REPLY,
    /** What answers is damaged, or not what the protocol says. */
    PROTOCOL,
    /** The device understood, and does not do it. */
    REFUSED,
    /** The device tried the new weights, and has gone back. */
    ROLLED_BACK
  }

  private final Kind kind;

  public LaptopException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public LaptopException(Kind kind, String message) {
    this(kind, message, null);
  }

  /** The same for who asks a device; the message stays. */
  public static LaptopException of(LinkException e) {
    Kind kind =
        switch (e.kind()) {
          case NO_PORT, OTHER -> Kind.NO_PORT;
          case PERMISSION -> Kind.PERMISSION;
          case BUSY -> Kind.BUSY;
          case LOST -> Kind.NO_REPLY;
        };
    return new LaptopException(kind, String.valueOf(e.getMessage()), e);
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public int exitCode() {
    return switch (kind) {
      case NO_PORT -> ExitCode.NO_DEVICE;
      case PERMISSION -> ExitCode.PERMISSION;
      case BUSY -> ExitCode.BUSY;
      case NO_REPLY -> ExitCode.NO_REPLY;
      case PROTOCOL -> ExitCode.PROTOCOL;
      case REFUSED -> ExitCode.REFUSED;
      case ROLLED_BACK -> ExitCode.ROLLED_BACK;
    };
  }

  /** Whether the line itself has gone, so that opening it anew may help. */
  boolean isLineLost() {
    return getCause() instanceof LinkException e && e.kind() == LinkException.Kind.LOST;
  }
}
