package dev.switchback.format;

import java.util.regex.Pattern;

/** What a file says, safe for terminals and logs. */
public final class PrintableText {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}]");

  private PrintableText() {}

  /** The text with a question mark for each control character. */
  public static String of(String text) {
    return CONTROL.matcher(text).replaceAll("?");
  }
}
