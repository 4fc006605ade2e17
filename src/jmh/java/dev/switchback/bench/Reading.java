package dev.switchback.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The output of a rival in one round, by row; see {@link Protocol}. */
record Reading(Map<String, Double> nanos, Map<String, Double> checks, Map<String, Double> bytes) {

  /**
   * Parses the lines of a rival.
   *
   * @throws BenchException naming the first invalid line
   */
  static Reading of(String rival, List<String> lines) {
    Reading reading =
        new Reading(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    for (String line : lines) {
      try {
        reading.put(line.split("\t", -1));
      } catch (IllegalArgumentException e) {
        throw new BenchException(
            rival + " printed '" + line + "'; ROW, tab, NANOS expected, or check or bytes before");
      }
    }
    return reading;
  }

  private void put(String[] words) {
    double value = Double.parseDouble(words[words.length - 1]);
    switch (words.length == 3 ? words[0] : "nanos " + words.length) {
      case "nanos 2" -> nanos.put(words[0], value);
      case "check" -> checks.put(words[1], value);
      case "bytes" -> bytes.merge(words[1], value, Math::max);
      default -> throw new IllegalArgumentException();
    }
  }
}
