package dev.switchback.bench;

/** Why a run says nothing: a rival failed, or did other work than ours. */
final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchException(String message) {
    super(message);
  }
}
