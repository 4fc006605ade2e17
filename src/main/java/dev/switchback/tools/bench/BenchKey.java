package dev.switchback.tools.bench;

/** An action that a key at the bench requests. */
public sealed interface BenchKey {
  /**
   * Flips a switch.
   *
   * @param index 0 is switch A
   */
  record Flip(int index) implements BenchKey {}

  /** Actions whose keys do not depend on the number of switches. */
  enum Command implements BenchKey {
    /** Pause the training, or resume it. */
    PAUSE,
    /** Train one epoch, then pause. */
    STEP,
    FASTER,
    SLOWER,
    /** Learn the next truth table. */
    NEXT_TRUTH,
    /** Learn with the next number of hidden neurons. */
    NEXT_HIDDEN,
    /** Train again, from the next seed. */
    RETRAIN,
    /** Teach the present switch position the next answer. */
    TEACH,
    /** Teach the configured lesson. */
    UNTEACH,
    /** Answer with the other engine: float or fixed. */
    SWAP_ENGINE,
    /** Show map and output of the next LED. */
    NEXT_LED,
    /** Show the keys. */
    HELP,
    /** Suspend the process; the shell has the terminal until {@code fg}. */
    SUSPEND,
    /** Repaint the whole screen, for example after another program wrote on it. */
    REPAINT,
    QUIT
  }
}
