package dev.switchback.tools.bench;

/** What somebody at the bench asked for. */
public sealed interface BenchKey {
  /**
   * Move a switch over.
   *
   * @param index 0 is switch A
   */
  record Flip(int index) implements BenchKey {}

  /** Keys that mean the same for any number of switches. */
  enum Command implements BenchKey {
    RETRAIN,
    /** Answer with the other engine: float or fixed. */
    SWAP_ENGINE,
    /** Paint the whole screen anew, after other programs wrote on it. */
    REPAINT,
    QUIT
  }
}
