package dev.switchback.device.cable;

import dev.switchback.device.node.Device;

/** A command that continues after its line, until it ends or a key stops it. Session's thread. */
abstract class Activity {
  final Device device;
  final Console console;
  private boolean isOver;

  Activity(Device device, Console console) {
    this.device = device;
    this.console = console;
  }

  /** Handles a byte received while the activity runs; most activities end at any key. */
  abstract void key(byte b, long nowNanos);

  /** Called about ten times a second, except while an SMP client has the line. */
  abstract void tick(long nowNanos);

  final void end() {
    isOver = true;
  }

  /** Whether the activity has ended and the prompt may return. */
  final boolean isOver() {
    return isOver;
  }
}
