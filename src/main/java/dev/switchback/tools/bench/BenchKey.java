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
    /** Stop the training where it is, or let it go on. */
    PAUSE,
    /** One epoch, and stop there. */
    STEP,
    FASTER,
    SLOWER,
    /** Learn the next truth table. */
    NEXT_TRUTH,
    /** Learn with the next number of hidden neurons. */
    NEXT_HIDDEN,
    /** Learn the same from the next seed. */
    RETRAIN,
    /** Answer with the other engine: float or fixed. */
    SWAP_ENGINE,
    /** Tell the keys. */
    HELP,
    /** Give the terminal to the shell until it gives it back. */
    SUSPEND,
    /** Paint the whole screen anew, after other programs wrote on it. */
    REPAINT,
    QUIT
  }
}
