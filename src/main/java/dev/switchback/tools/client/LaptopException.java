package dev.switchback.tools.client;

import dev.switchback.ExitCode;
import dev.switchback.Program;
import dev.switchback.wire.LinkException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A command to a device that did not succeed. The message says the cause and what fixes it. */
public final class LaptopException extends IOException implements Program.Failure {
  private static final long serialVersionUID = 1L;

  /** What kind of thing has to be fixed. */
  public enum Kind {
    /** There is no such port, or none with a device. */
    NO_PORT(ExitCode.NO_DEVICE),
    /** The port is there, and this user may not use it. */
    PERMISSION(ExitCode.PERMISSION),
    /** Another program holds the port. */
    BUSY(ExitCode.BUSY),
    /** Nothing answers, or what did has gone. */
    NO_REPLY(ExitCode.NO_REPLY),
    /** Something answers that is no device of ours. */
    OTHER_DEVICE(ExitCode.NO_DEVICE),
    /** What answers is damaged, or not what the protocol says. */
    PROTOCOL(ExitCode.PROTOCOL),
    /** The device understood, and does not do it. */
    REFUSED(ExitCode.REFUSED),
    /** The device tried the new weights, and has gone back. */
    ROLLED_BACK(ExitCode.ROLLED_BACK);

    private final ExitCode exitCode;

    Kind(ExitCode exitCode) {
      this.exitCode = exitCode;
    }
  }

  private final Kind kind;
  private final String what;
  private final @Nullable String fix;

  public LaptopException(Kind kind, String message, @Nullable Throwable cause) {
    this(kind, message, null, cause);
  }

  /**
   * A failure.
   *
   * @param what happened
   * @param fix follows it behind a semicolon; null if there is none to tell
   */
  public LaptopException(Kind kind, String what, @Nullable String fix, @Nullable Throwable cause) {
    super(fix == null ? what : what + "; " + fix, cause);
    this.kind = kind;
    this.what = what;
    this.fix = fix;
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
    return new LaptopException(kind, e.what(), e.fix(), e);
  }

  /** What came is an answer, and its parts are not those of the protocol. */
  public static LaptopException ofAnswer(Exception e) {
    return new LaptopException(
        Kind.PROTOCOL, "an answer is not as the protocol has it: " + e.getMessage(), e);
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public int exitCode() {
    return kind.exitCode.code();
  }

  @Override
  public String what() {
    return what;
  }

  @Override
  public @Nullable String fix() {
    return fix;
  }

  /** Whether the line itself has gone, so that opening it anew may help. */
  boolean isLineLost() {
    return getCause() instanceof LinkException e && e.kind() == LinkException.Kind.LOST;
  }
}
