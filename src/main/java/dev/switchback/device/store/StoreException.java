package dev.switchback.device.store;

import org.jspecify.annotations.Nullable;

/** A command to the store that was not carried out. The message says why. */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What kind of reason. */
  public enum Reason {
    /** Not in this state of the slots. */
    REFUSED,
    /** Too much waits already, or the device ends. */
    BUSY,
    /** A higher version was confirmed, see {@link VersionRule}. */
    OLDER,
    /** Slot 1 holds no image, or not the one that was meant. */
    NO_IMAGE,
    /** The image in slot 1 fails the self-test. */
    SELF_TEST,
    /** The storage does not do what it should; the cause is kept. */
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
