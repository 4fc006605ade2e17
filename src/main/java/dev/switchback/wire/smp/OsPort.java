package dev.switchback.wire.smp;

/** Functions of the device used by {@link OsGroup}. */
public interface OsPort {
  /**
   * Returns a part of the device's description.
   *
   * @param letter as in {@code uname}, one of {@link OsGroup#LETTERS}
   */
  String info(char letter);

  /** Returns the name of the bootloader. */
  String bootloader();

  /** Restarts. Called after the answer is sent. */
  void reset();
}
