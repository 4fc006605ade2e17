package dev.switchback;

/** What a program of ours returns to whoever started it. */
public final class ExitCode {
  public static final int OK = 0;
  public static final int INTERNAL = 1;

  /** Wrong options, configuration or input files. */
  public static final int USAGE = 2;

  /** No board or port, or none of ours on it. */
  public static final int NO_DEVICE = 3;

  public static final int PERMISSION = 4;

  /** A line or port is in use. */
  public static final int BUSY = 5;

  /** Nothing answers on the line. */
  public static final int NO_REPLY = 6;

  /** What answers does not keep to the protocol, or comes damaged. */
  public static final int PROTOCOL = 7;

  /** The device does not do it. */
  public static final int REFUSED = 8;

  /** The device tried it, and went back. */
  public static final int ROLLED_BACK = 9;

  /** The doctor found something that does not work. */
  public static final int FAULT_FOUND = 10;

  private ExitCode() {}
}
