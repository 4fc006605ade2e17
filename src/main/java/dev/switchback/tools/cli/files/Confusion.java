package dev.switchback.tools.cli.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** How often each label was answered by each answer. */
final class Confusion {
  private final Map<Integer, Map<Integer, Integer>> byLabel = new TreeMap<>();
  private int samples;
  private int correct;

  void add(int label, int answer) {
    byLabel.computeIfAbsent(label, _ -> new TreeMap<>()).merge(answer, 1, Integer::sum);
    samples++;
    correct += label == answer ? 1 : 0;
  }

  int samples() {
    return samples;
  }

  int correct() {
    return correct;
  }

  double accuracy() {
    return samples == 0 ? 0 : (double) correct / samples;
  }

  /** Returns all labels and answers that occurred, in order. */
  List<Integer> classes() {
    TreeSet<Integer> classes = new TreeSet<>(byLabel.keySet());
    byLabel.values().forEach(answers -> classes.addAll(answers.keySet()));
    return List.copyOf(classes);
  }

  int count(int label, int answer) {
    return byLabel.getOrDefault(label, Map.of()).getOrDefault(answer, 0);
  }

  /** Returns the counts, one row per label and one column per answer, of {@link #classes}. */
  List<List<Integer>> matrix() {
    List<List<Integer>> rows = new ArrayList<>();
    for (int label : classes()) {
      rows.add(classes().stream().map(answer -> count(label, answer)).toList());
    }
    return rows;
  }
}
