package dev.switchback;

/**
 * Makes text from files and peers safe for terminals, logs and status lines. Characters that move
 * the cursor, start a line or are invisible are escaped as in Java, and long text is truncated.
 */
public final class PrintableText {
  /** Most characters of a message. */
  public static final int MAX_CHARACTERS = 1000;

  private static final String CUT = "...";

  private PrintableText() {}

  public static String of(String text) {
    return of(text, MAX_CHARACTERS);
  }

  /**
   * Returns the text on one line.
   *
   * @param maxCharacters most characters returned, 3 or more
   */
  public static String of(String text, int maxCharacters) {
    StringBuilder printable = new StringBuilder();
    int kept = 0;
    for (int i = 0; i < text.length() && printable.length() <= maxCharacters; ) {
      int character = text.codePointAt(i);
      append(character, printable);
      i += Character.charCount(character);
      kept = printable.length() <= maxCharacters - CUT.length() ? printable.length() : kept;
    }
    if (printable.length() > maxCharacters) {
      printable.setLength(kept);
      printable.append(CUT);
    }
    return printable.toString();
  }

  private static void append(int character, StringBuilder printable) {
    switch (character) {
      case '\n' -> printable.append("\\n");
      case '\r' -> printable.append("\\r");
      case '\t' -> printable.append("\\t");
      default -> {
        if (isPrintable(character)) {
          printable.appendCodePoint(character);
        } else {
          for (char unit : Character.toChars(character)) {
            printable.append(String.format("\\u%04x", (int) unit));
          }
        }
      }
    }
  }

  /** Direction marks and joiners are FORMAT; unpaired surrogates are SURROGATE. */
  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
