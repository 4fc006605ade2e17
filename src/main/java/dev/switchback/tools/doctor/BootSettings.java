package dev.switchback.tools.doctor;

import dev.switchback.device.board.linux.RaspberryPi;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The settings of {@code config.txt} for one board. Sections for other boards are ignored, as are
 * those with a condition that cannot be checked: a serial number, a pin or a screen. The last value
 * of a key applies.
 */
record BootSettings(Map<String, String> values) {
  /** A comment after a value; the firmware reads a number and ignores the rest. */
  private static final Pattern COMMENT = Pattern.compile("\\s+#.*");

  private static final String MODEL = "(pi|cm)[0-9]+[a-z+]*";

  static BootSettings of(String text, RaspberryPi board) {
    Map<String, String> values = new HashMap<>();
    boolean isForModel = true;
    boolean isForAll = true;
    for (String line : text.lines().map(String::strip).toList()) {
      int equals = line.indexOf('=');
      if (line.startsWith("[") && line.endsWith("]")) {
        String filter = line.substring(1, line.length() - 1);
        if (filter.equals("all")) {
          isForModel = true;
          isForAll = true;
        } else if (filter.matches(MODEL)) {
          isForModel = board.filters().contains(filter);
        } else {
          isForAll = false;
        }
      } else if (isForModel && isForAll && equals > 0 && line.charAt(0) != '#') {
        values.put(
            line.substring(0, equals),
            COMMENT.matcher(line.substring(equals + 1)).replaceFirst(""));
      }
    }
    return new BootSettings(values);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  boolean has(String key, String value) {
    return value.equals(values.get(key));
  }
}
