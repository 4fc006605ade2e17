package dev.switchback.tools.cli.line;

import dev.switchback.StandardStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Colours of a status on a colour terminal: names bold, problems red. */
final class StatusColour {
  private static final boolean IS_ON = StandardStream.OUTPUT.hasColour();

  private static final Pattern NAMED = Pattern.compile("([a-z]+(?: \\d)?:)(.*)");
  private static final Pattern WRONG =
      Pattern.compile("(?:problem|refused): .*|faults: [1-9].*|.*  wrong, \\d+ expected");

  private StatusColour() {}

  static String of(String line) {
    return IS_ON ? coloured(line) : line;
  }

  static String coloured(String line) {
    if (WRONG.matcher(line).matches()) {
      return "\033[31m" + line + "\033[m";
    }
    Matcher named = NAMED.matcher(line);
    return named.matches() ? "\033[1m" + named.group(1) + "\033[m" + named.group(2) : line;
  }
}
