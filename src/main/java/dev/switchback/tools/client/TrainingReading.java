package dev.switchback.tools.client;

import dev.switchback.core.LossCurve;

/**
 * How the training of a device goes.
 *
 * @param isRunning whether it goes on
 * @param piece what came to the loss curve since it was asked before
 * @param text how it stands, for people
 */
public record TrainingReading(boolean isRunning, LossCurve.Piece piece, String text) {}
