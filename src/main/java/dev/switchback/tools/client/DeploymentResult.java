package dev.switchback.tools.client;

/**
 * A deployment that succeeded.
 *
 * @param truth what the device answers now
 * @param wasThere whether the same image answered before
 * @param isConfirmed whether it stays; else it is on trial
 */
public record DeploymentResult(TruthReading truth, boolean wasThere, boolean isConfirmed) {}
