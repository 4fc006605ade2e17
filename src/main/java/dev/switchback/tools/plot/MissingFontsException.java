package dev.switchback.tools.plot;

/** Thrown if this machine cannot draw text in images; the message says what to install. */
public final class MissingFontsException extends Exception {
  private static final long serialVersionUID = 1L;

  MissingFontsException(Throwable cause) {
    super(
        "PNG needs fonts, which this machine lacks: sudo apt install libfreetype6 libharfbuzz0b"
            + " libfontconfig1 fonts-dejavu-core",
        cause);
  }
}
