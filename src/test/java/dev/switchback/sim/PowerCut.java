package dev.switchback.sim;

/** Thrown when the simulated power fails. An error, so that no program continues after it. */
public final class PowerCut extends Error {
  private static final long serialVersionUID = 1L;

  PowerCut() {
    super("power cut", null, false, false);
  }
}
