package dev.switchback.device.cable;

import dev.switchback.device.node.Device;

/** What a command goes on doing after its line, until it ends or a key ends it. Cable thread. */
abstract class Activity {
  final Device device;
  final Console console;
  private boolean isOver;

  Activity(Device device, Console console) {
    this.device = device;
    this.console = console;
  }

  /** A byte that came while it lasts; any key ends most. */
  abstract void key(byte b, long nowNanos);

  /** Called about ten times a second, and not while an SMP client has the line. */
  abstract void tick(long nowNanos);

  final void end() {
    isOver = true;
  }

  /** Whether the prompt may come back. */
  final boolean isOver() {
    return isOver;
  }
}
