package dev.switchback.tools.client;

import dev.switchback.format.WeightImage;
import org.jspecify.annotations.Nullable;

/**
 * A deployment that succeeded.
 *
 * @param image as sent; with the device's lesson if the file has none and needs one
 * @param truth what the device answers now; null if not read
 * @param before the lesson of the device before, as digits; empty if not read
 * @param wasThere whether the same image already answered
 * @param isConfirmed whether the image is confirmed, else on trial
 */
public record DeploymentResult(
    WeightImage image,
    @Nullable TruthReading truth,
    String before,
    boolean wasThere,
    boolean isConfirmed) {}
