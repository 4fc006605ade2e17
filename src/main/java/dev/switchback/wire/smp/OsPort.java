package dev.switchback.wire.smp;

/** What {@link OsGroup} asks of a device. */
public interface OsPort {
  /**
   * One part of the device's description.
   *
   * @param letter as in {@code uname}, one of {@link OsGroup#LETTERS}
   */
  String info(char letter);

  /** The name of what chooses the image at a start. */
  String bootloader();

  /** Starts anew; comes after the answer was sent. */
  void reset();
}
