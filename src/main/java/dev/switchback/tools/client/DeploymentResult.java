package dev.switchback.tools.client;

import org.jspecify.annotations.Nullable;

/**
 * A deployment that succeeded.
 *
 * @param truth what the device answers now; null where it was not asked
 * @param wasThere whether the same image answered before
 * @param isConfirmed whether it stays; else it is on trial
 */
public record DeploymentResult(
    @Nullable TruthReading truth, boolean wasThere, boolean isConfirmed) {}
