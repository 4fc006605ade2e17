package dev.switchback.tools.client;

/** Observes a transfer or a deployment, on the thread that runs it. */
@FunctionalInterface
public interface Progress {
  /** Ignores all progress. */
  Progress NONE = (bytes, total) -> {};

  /**
   * Reports transferred bytes.
   *
   * @param bytes that the other end has confirmed, 0 to {@code total}; a resumed transfer does not
   *     start at 0, and after a loss the number may decrease
   */
  void moved(long bytes, long total);

  /**
   * Reports that a step of a deployment begins and the previous one is done. Unneeded steps are
   * skipped.
   */
  default void began(DeploymentStep step) {}
}
