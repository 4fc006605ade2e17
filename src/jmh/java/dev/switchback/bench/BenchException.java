package dev.switchback.bench;

/** Thrown when a run is not valid: a rival failed, or did different work from ours. */
final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchException(String message) {
    super(message);
  }
}
