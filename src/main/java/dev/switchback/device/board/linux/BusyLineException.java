package dev.switchback.device.board.linux;

import java.io.IOException;

/** A line is held by another program, or by the kernel. */
public final class BusyLineException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int offset;
  private final String consumer;

  BusyLineException(String path, int offset, String consumer) {
    super(path + ": line " + offset + " is held by '" + consumer + "'");
    this.offset = offset;
    this.consumer = consumer;
  }

  /** Returns the line's number on its chip. */
  public int offset() {
    return offset;
  }

  /** Returns the name that the holder gave to the kernel. */
  public String consumer() {
    return consumer;
  }
}
