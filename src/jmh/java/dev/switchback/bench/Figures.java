package dev.switchback.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The measurements of all rounds of all rivals. */
final class Figures {
  /** Our name among the rivals. */
  static final String OURS = "switchback";

  private final Map<String, Map<String, List<Double>>> rounds = new LinkedHashMap<>();
  private final Map<String, Map<String, Double>> checks = new LinkedHashMap<>();

  /** Adds a rival's round. */
  void add(String rival, Reading reading) {
    reading.nanos().forEach((row, nanos) -> add(rival, row, nanos));
    checks.computeIfAbsent(rival, _ -> new LinkedHashMap<>()).putAll(reading.checks());
  }

  /** Adds a round of one row. */
  void add(String rival, String row, double nanos) {
    rounds
        .computeIfAbsent(rival, _ -> new LinkedHashMap<>())
        .computeIfAbsent(row, _ -> new ArrayList<>())
        .add(nanos);
  }

  Set<String> rivals() {
    return rounds.keySet();
  }

  Set<String> rows(String rival) {
    return rounds.getOrDefault(rival, Map.of()).keySet();
  }

  boolean has(String rival, String row) {
    return rows(rival).contains(row);
  }

  /** Returns the value that the rival computed in that row; NaN if it prints none. */
  double check(String rival, String row) {
    return checks.getOrDefault(rival, Map.of()).getOrDefault(row, Double.NaN);
  }

  double median(String rival, String row) {
    List<Double> sorted = sorted(rival, row);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Returns the difference of the highest and lowest round, divided by the median. */
  double spread(String rival, String row) {
    List<Double> sorted = sorted(rival, row);
    return (sorted.getLast() - sorted.getFirst()) / median(rival, row);
  }

  private List<Double> sorted(String rival, String row) {
    Map<String, List<Double>> rows = rounds.getOrDefault(rival, Map.of());
    return rows.getOrDefault(row, List.of()).stream().sorted().toList();
  }
}
