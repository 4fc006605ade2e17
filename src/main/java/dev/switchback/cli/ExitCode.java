package dev.switchback.cli;

import dev.switchback.hal.BoardException;
import dev.switchback.laptop.LaptopException;

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

  /** Nothing answers on the line. */
  static final int NO_REPLY = 6;

  /** What answers does not keep to the protocol, or comes damaged. */
  static final int PROTOCOL = 7;

  /** The device does not do it. */
  static final int REFUSED = 8;

  /** The device tried it, and went back. */
  static final int ROLLED_BACK = 9;

  /** The doctor found something that does not work. */
  static final int FAULT_FOUND = 10;

  private ExitCode() {}

  static int of(BoardException.Kind kind) {
    return switch (kind) {
      case NO_BOARD, KERNEL -> NO_DEVICE;
      case PERMISSION -> PERMISSION;
      case BUSY -> BUSY;
      case OTHER -> INTERNAL;
    };
  }

  static int of(LaptopException.Kind kind) {
    return switch (kind) {
      case NO_PORT -> NO_DEVICE;
      case PERMISSION -> PERMISSION;
      case BUSY -> BUSY;
      case NO_REPLY -> NO_REPLY;
      case PROTOCOL -> PROTOCOL;
      case REFUSED -> REFUSED;
      case ROLLED_BACK -> ROLLED_BACK;
    };
  }
}
