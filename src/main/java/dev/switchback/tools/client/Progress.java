package dev.switchback.tools.client;

/** Is told how far a transfer or a deployment is, on the thread that it runs on. */
@FunctionalInterface
public interface Progress {
  /** Asks for nothing. */
  Progress NONE = (bytes, total) -> {};

  /**
   * So many bytes are there.
   *
   * @param bytes that the other end has for sure, 0 to {@code total}; where a transfer goes on
   *     after a cut the first is not 0, and after a loss it may be less than the one before
   */
  void moved(long bytes, long total);

  /**
   * A step of a deployment begins; the one before is done. Steps that are not needed are left out.
   */
  default void began(DeploymentStep step) {}
}
