package dev.switchback.device.node;

/**
 * Looks on while the device trains. Called on the maintenance thread: who lingers slows training
 * down, never the LED.
 */
public interface TrainingListener {
  /** Looks away. */
  TrainingListener NONE = new TrainingListener() {};

  /** Before the first epoch. */
  default void began(Training training) {}

  /** After each epoch. */
  default void trained(Training training) {}

  /** After the last epoch, before the weights are used. */
  default void ended(Training training) {}
}
