package dev.switchback.device.node;

import dev.switchback.core.TrainingSession;

/**
 * Looks on while the device trains. Called on the maintenance thread: who lingers slows training
 * down, never the LED.
 */
public interface TrainingListener {
  /**
   * Nanoseconds until the next epoch may begin; 0 or less: now. Asked again after them at the
   * latest, and commands go on meanwhile.
   */
  default long holdNanos() {
    return 0;
  }

  /** Before the first epoch. */
  default void began(TrainingSession training) {}

  /** After each epoch. */
  default void trained(TrainingSession training) {}

  /** After the last epoch, before the weights are used. */
  default void ended(TrainingSession training) {}
}
