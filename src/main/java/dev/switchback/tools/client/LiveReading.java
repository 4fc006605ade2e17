package dev.switchback.tools.client;

import java.util.List;

/**
 * What moves on a device.
 *
 * @param row the switches in binary, switch A the most significant digit
 * @param answer the LEDs in binary, the first the most significant digit
 * @param outputs one per LED, before rounding; none if nothing answers
 * @param generation of what answers; grows with each new network
 * @param isTraining whether a training is running
 * @param epochs of the running training, or of the last one
 * @param changes how often a switch has changed since the start of the device, without bounces
 */
public record LiveReading(
    int row,
    int answer,
    List<Double> outputs,
    long generation,
    boolean isTraining,
    int epochs,
    long changes) {
  public LiveReading {
    outputs = List.copyOf(outputs);
  }
}
