package dev.switchback.wire.smp;

import org.jspecify.annotations.Nullable;

/** A request of a client: a command and its map. */
public final class SmpRequest {
  private final SmpHeader header;
  private final SmpMap map;
  private @Nullable Runnable afterAnswer;

  SmpRequest(SmpHeader header, SmpMap map) {
    this.header = header;
    this.map = map;
  }

  public SmpMap map() {
    return map;
  }

  public int command() {
    return header.command();
  }

  public boolean isWrite() {
    return header.operation() == SmpHeader.WRITE;
  }

  public boolean isWrite(int command) {
    return isWrite() && command() == command;
  }

  public boolean isRead(int command) {
    return !isWrite() && command() == command;
  }

  /** Whether the client speaks SMP 2, which has group errors. */
  boolean isVersion2() {
    return header.version() > 0;
  }

  /** Sets an action to run after the answer is sent. */
  public void afterAnswer(Runnable action) {
    afterAnswer = action;
  }

  @Nullable Runnable afterAnswer() {
    return afterAnswer;
  }

  /** Returns the exception for an unknown command or operation. */
  public SmpException notSupported() {
    return new SmpException(
        SmpError.NOT_SUPPORTED,
        "group "
            + header.group()
            + ": no command "
            + header.command()
            + " with operation "
            + header.operation());
  }
}
