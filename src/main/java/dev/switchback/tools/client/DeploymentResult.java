package dev.switchback.tools.client;

import org.jspecify.annotations.Nullable;

/**
 * A deployment that succeeded.
 *
 * @param truth what the device answers now; null if not read
 * @param wasThere whether the same image already answered
 * @param isConfirmed whether the image is confirmed, else on trial
 */
public record DeploymentResult(
    @Nullable TruthReading truth, boolean wasThere, boolean isConfirmed) {}
