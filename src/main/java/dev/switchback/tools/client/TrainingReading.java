package dev.switchback.tools.client;

import dev.switchback.core.LossCurve;

/**
 * The progress of a training on a device.
 *
 * @param isRunning whether the training is running
 * @param piece the points of the loss curve since the previous reading
 * @param text a summary for people
 */
public record TrainingReading(boolean isRunning, LossCurve.Piece piece, String text) {}
