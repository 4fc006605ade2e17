package dev.switchback.format;

/** Bytes are not a weight image, or the image is not signed by the required key. */
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

  /** Returns an exception for a field with an unexpected value. */
  static ImageException of(
      ImageCheck check, String field, int offset, Object found, Object expected) {
    return new ImageException(
        check, field + " at offset " + offset + ": found " + found + ", expected " + expected);
  }

  /** Returns the check that failed. */
  public ImageCheck check() {
    return check;
  }
}
