package dev.switchback.tools.client;

import java.util.List;

/**
 * What came to the loss curve of a device since it was asked before.
 *
 * @param cursor to ask with next
 * @param isRunning whether the training goes on
 * @param epochs ascending
 * @param losses one per epoch
 * @param text how the training stands, for people
 */
public record CurvePart(
    long cursor, boolean isRunning, List<Long> epochs, List<Double> losses, String text) {
  public CurvePart {
    epochs = List.copyOf(epochs);
    losses = List.copyOf(losses);
  }
}
