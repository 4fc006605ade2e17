package dev.switchback.life;

/** A promise of the device that an event of its life broke. */
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
