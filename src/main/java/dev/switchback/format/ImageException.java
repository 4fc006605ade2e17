package dev.switchback.format;

/** Bytes that are no weight image, or one that is not signed by the key asked for. */
public final class ImageException extends FormatException {
  private static final long serialVersionUID = 1L;

  private final ImageCheck check;

  ImageException(ImageCheck check, String message) {
    super(message);
    this.check = check;
  }

  ImageException(ImageCheck check, String message, Throwable cause) {
    super(message, cause);
    this.check = check;
  }

  /** A field that holds something else than it should. */
  static ImageException of(
      ImageCheck check, String field, int offset, Object found, Object expected) {
    return new ImageException(
        check, field + " at offset " + offset + ": found " + found + ", expected " + expected);
  }

  /** The check that failed. */
  public ImageCheck check() {
    return check;
  }
}
