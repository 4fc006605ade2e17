package dev.switchback.device.node;

/**
 * A snapshot of a training. Immutable; any thread.
 *
 * @param count trainings begun so far, including this one
 * @param epochs over all attempts
 * @param text how it ended; while it runs, how the one before did
 */
public record TrainingProgress(boolean running, int count, int epochs, float loss, String text) {
  static final TrainingProgress NONE = new TrainingProgress(false, 0, 0, Float.NaN, "none yet");

  TrainingProgress asRunning() {
    return new TrainingProgress(true, count, epochs, loss, text);
  }
}
