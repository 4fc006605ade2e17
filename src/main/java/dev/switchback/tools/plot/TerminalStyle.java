package dev.switchback.tools.plot;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The capabilities of a terminal. */
public enum TerminalStyle {
  /** Unicode and any colour. */
  TRUE_COLOUR,
  /** Unicode and the palette of 256 colours. */
  COLOURS_256,
  /** Unicode without colour. */
  MONOCHROME,
  /** The 95 printable characters of ASCII, no colour. */
  ASCII;

  private static final List<String> TRUE_COLOUR_TERMS =
      List.of("alacritty", "foot", "ghostty", "kitty", "wezterm", "direct");

  /** Terminals compatible with xterm, even if their name does not contain 256. */
  private static final List<String> XTERM_LIKE =
      List.of("256color", "xterm", "screen", "tmux", "rxvt", "konsole", "putty");

  /**
   * Detects the style from {@code LC_ALL}, {@code LC_CTYPE} or {@code LANG} (no UTF-8: {@link
   * #ASCII}), {@code NO_COLOR}, {@code COLORTERM} and {@code TERM}, by the usual conventions.
   * {@code SWITCHBACK_LOCALE} is the locale before our scripts changed it.
   */
  public static TerminalStyle of(Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "");
    if (!isUtf8(environment) || term.isEmpty() || term.equals("dumb")) {
      return ASCII;
    }
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return MONOCHROME;
    }
    String colours = environment.getOrDefault("COLORTERM", "");
    if (colours.equals("truecolor")
        || colours.equals("24bit")
        || TRUE_COLOUR_TERMS.stream().anyMatch(term::contains)) {
      return TRUE_COLOUR;
    }
    return XTERM_LIKE.stream().anyMatch(term::contains) ? COLOURS_256 : MONOCHROME;
  }

  private static boolean isUtf8(Map<String, String> environment) {
    for (String name : List.of("SWITCHBACK_LOCALE", "LC_ALL", "LC_CTYPE", "LANG")) {
      String locale = environment.getOrDefault(name, "").toLowerCase(Locale.ROOT);
      if (!locale.isEmpty()) {
        return locale.contains("utf-8") || locale.contains("utf8");
      }
    }
    return false;
  }

  public boolean hasColour() {
    return this == TRUE_COLOUR || this == COLOURS_256;
  }

  public boolean hasUnicode() {
    return this != ASCII;
  }

  /** Returns the first value if the terminal supports Unicode, else the second. */
  public <T> T pick(T unicode, T ascii) {
    return hasUnicode() ? unicode : ascii;
  }
}
