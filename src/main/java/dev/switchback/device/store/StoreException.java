package dev.switchback.device.store;

import org.jspecify.annotations.Nullable;

/** A command to the store was refused or failed. The message says why. */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  public enum Reason {
    /** The state of the slots does not allow it. */
    REFUSED,
    /** What was asked for makes no sense. */
    INPUT,
    /** Too many commands wait, or the device is shutting down. */
    BUSY,
    /** A higher version was confirmed, see {@link VersionRule}. */
    OLDER,
    /** Slot 1 holds no image, or not the requested one. */
    NO_IMAGE,
    /** The image in slot 1 fails the self-test. */
    SELF_TEST,
    /** The storage failed; the cause is kept. */
    STORAGE
  }

  private final Reason reason;

  public StoreException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
