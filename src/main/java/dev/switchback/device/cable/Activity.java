package dev.switchback.device.cable;

/** What a command goes on doing after its line, until it ends or a key ends it. Cable thread. */
interface Activity {
  /** A byte that came while it lasts; any key ends most. */
  void key(byte b, long nowNanos);

  /** Called about ten times a second, and not while an SMP client has the line. */
  void tick(long nowNanos);

  /** Whether the prompt may come back. */
  boolean isOver();
}
