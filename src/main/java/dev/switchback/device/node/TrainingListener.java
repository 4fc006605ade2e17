package dev.switchback.device.node;

import dev.switchback.core.TrainingSession;

/**
 * Looks on while the device trains. Called on the maintenance thread: who lingers slows training
 * down, never the LED.
 */
public interface TrainingListener {
  /** Before the first epoch. */
  default void began(TrainingSession training) {}

  /** After each epoch. */
  default void trained(TrainingSession training) {}

  /** After the last epoch, before the weights are used. */
  default void ended(TrainingSession training) {}
}
