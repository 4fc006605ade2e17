package dev.switchback.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Our time for some work divided by a rival's.
 *
 * @param work our row
 * @param rival name of the rival
 * @param row row of the rival
 */
record Comparison(String work, String rival, String row) {
  /** Row of a whole process. */
  static final String PROCESS = "load weights, answer once, exit";

  private static final String LIMIT = "limit";

  /** The order in the tables; other work comes last. */
  private static final List<String> WORKS =
      List.of(
          "infer 2-2-1 float",
          "infer 2-2-1 fixed",
          "infer 64-64-64-10 float",
          "infer 64-64-64-10 fixed",
          "infer 784-128-10 float",
          "infer 784-128-10 fixed",
          "train XOR",
          "train 784-128-10",
          PROCESS);

  private static final List<Comparison> LIMITS =
      List.of(
          new Comparison("infer 2-2-1 float", LIMIT, "chain 2-2-1"),
          new Comparison("infer 784-128-10 float", LIMIT, "read 784x128"),
          new Comparison("infer 784-128-10 float", LIMIT, "gemv 784x128"),
          new Comparison("infer 784-128-10 float", Figures.OURS, "read 784x128 in Java"),
          new Comparison("train 784-128-10", LIMIT, "gemv and update 784x128"));

  /** Returns the comparisons with all timed rivals, sorted by work. */
  static List<Comparison> withRivals(Figures figures) {
    List<Comparison> all = new ArrayList<>();
    for (String rival : figures.rivals()) {
      for (String row : figures.rows(Figures.OURS)) {
        if (!rival.equals(Figures.OURS)) {
          all.add(new Comparison(row, rival, row));
        }
      }
    }
    return all.stream()
        .filter(c -> c.isIn(figures))
        .sorted(Comparator.comparingInt(Comparison::place))
        .toList();
  }

  private int place() {
    int place = WORKS.indexOf(work);
    return place < 0 ? WORKS.size() : place;
  }

  /** Returns the comparisons with the limits set by memory and by the chain of operations. */
  static List<Comparison> withLimits(Figures figures) {
    return LIMITS.stream().filter(c -> c.isIn(figures)).toList();
  }

  private boolean isIn(Figures figures) {
    return figures.has(Figures.OURS, work) && figures.has(rival, row);
  }

  double ratio(Figures figures) {
    return figures.median(Figures.OURS, work) / figures.median(rival, row);
  }

  /**
   * Requires that both computed the same value. Rows that only read memory, and whole processes,
   * have no value to compare.
   *
   * @throws BenchException if they did not, with both values
   */
  void requireAgreement(Figures figures) {
    double ours = figures.check(Figures.OURS, work);
    double theirs = figures.check(rival, row);
    double tolerance = tolerance(ours);
    if (Double.isNaN(theirs) && (!row.equals(work) || row.equals(PROCESS))) {
      return;
    }
    if (!(Math.abs(theirs - ours) <= tolerance)) {
      throw new BenchException(
          rival
              + " computed "
              + theirs
              + " in '"
              + row
              + "'; "
              + ours
              + " within "
              + tolerance
              + " expected");
    }
  }

  /** FANN clips the derivative in training, and its integer sigmoid consists of six lines. */
  private double tolerance(double ours) {
    boolean fann = rival.startsWith("FANN");
    if (work.startsWith("train")) {
      return ours * (fann ? 0.1 : 1e-3);
    }
    return work.endsWith("fixed") ? 0.02 * ours : 1e-4;
  }
}
