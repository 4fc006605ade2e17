package dev.switchback.wire.smp;

/** Decides whether a request may run. Called on the thread that serves the line. */
public interface SmpGuard {
  /**
   * Does nothing if the request is allowed.
   *
   * @throws SmpException to refuse the request; it becomes the answer
   */
  void require(int group, int command, boolean isWrite) throws SmpException;
}
