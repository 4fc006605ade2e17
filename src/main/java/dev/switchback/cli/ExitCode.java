package dev.switchback.cli;

/** What the command line returns to the shell. */
final class ExitCode {
  static final int OK = 0;
  static final int INTERNAL = 1;

  /** Wrong options, configuration or input files. */
  static final int USAGE = 2;

  /** No board or port. */
  static final int NO_DEVICE = 3;

  static final int PERMISSION = 4;

  /** A line or port is in use. */
  static final int BUSY = 5;

  private ExitCode() {}
}
