package dev.switchback.tools.plot;

import org.jspecify.annotations.Nullable;

/**
 * Builds one line of text for a terminal, with colours and a known width. Every character counts as
 * one column. Not thread-safe.
 */
public final class TerminalLine {
  private static final String RESET = "\u001b[0m";

  private final TerminalStyle style;
  private final StringBuilder text = new StringBuilder();
  private String colours = "";
  private int columns;

  public TerminalLine(TerminalStyle style) {
    this.style = style;
  }

  /** Adds text in the terminal's default colours. */
  public TerminalLine add(String plain) {
    return add(plain, null, null);
  }

  /** Adds coloured text on the terminal's default background. */
  public TerminalLine add(String coloured, Colour foreground) {
    return add(coloured, foreground, null);
  }

  /** Adds coloured text; null is the terminal's default colour. */
  public TerminalLine add(
      String coloured, @Nullable Colour foreground, @Nullable Colour background) {
    String wanted = colourCodes(foreground, background);
    if (!wanted.equals(colours)) {
      text.append(RESET).append(wanted);
      colours = wanted;
    }
    text.append(coloured);
    columns += coloured.length();
    return this;
  }

  private String colourCodes(@Nullable Colour foreground, @Nullable Colour background) {
    if (!style.hasColour()) {
      return "";
    }
    return (foreground == null ? "" : code("38", foreground))
        + (background == null ? "" : code("48", background));
  }

  private String code(String plane, Colour colour) {
    String colourCode =
        style == TerminalStyle.TRUE_COLOUR
            ? ";2;" + colour.red() + ";" + colour.green() + ";" + colour.blue()
            : ";5;" + colour.index256();
    return "\u001b[" + plane + colourCode + "m";
  }

  /** Adds a line of the same style, with its colours. */
  public TerminalLine add(TerminalLine line) {
    add("");
    text.append(line);
    columns += line.columns;
    return this;
  }

  /** Adds spaces up to a column; nothing if the line is already as long. */
  public TerminalLine padTo(int column) {
    return add(" ".repeat(Math.max(0, column - columns)));
  }

  /** Visible width. */
  public int columns() {
    return columns;
  }

  /** Returns the text with its colours; they are reset at the end. */
  @Override
  public String toString() {
    return colours.isEmpty() ? text.toString() : text + RESET;
  }
}
