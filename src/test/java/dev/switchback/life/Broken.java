package dev.switchback.life;

/** Thrown when an event breaks a promise of the device. */
final class Broken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Broken(String promise) {
    super(promise);
  }

  Broken(Throwable cause) {
    super(cause);
  }

  static void unless(boolean fact, String promise) {
    if (!fact) {
      throw new Broken(promise);
    }
  }
}
