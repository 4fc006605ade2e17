package dev.switchback.wire.smp;

/** Decides whether a request is carried out at all. On the thread that serves the line. */
public interface SmpGuard {
  /**
   * Does nothing if it may be.
   *
   * @throws SmpException that answers the request instead
   */
  void require(int group, int command, boolean isWrite) throws SmpException;
}
