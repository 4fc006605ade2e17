package dev.switchback.tools.doctor;

import dev.switchback.device.board.linux.RaspberryPi;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What {@code config.txt} sets on one board. Sections for other boards do not count, nor do those
 * that ask for a serial number, a pin or a screen: whether they hold cannot be seen. Of several
 * values the last one holds.
 */
record BootSettings(Map<String, String> values) {
  /** Behind a value, where the firmware reads a number and no further. */
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
