package dev.switchback.bench;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Our time for some work over another's.
 *
 * @param work a row of ours
 * @param rival who else has been timed
 * @param row of the rival
 * @param target largest ratio we are content with; NaN where none is set
 */
record Comparison(String work, String rival, String row, double target) {
  /** Row of a whole process. */
  static final String PROCESS = "load weights, answer once, exit";

  private static final String LIMIT = "limit";

  private static final List<Comparison> TARGETS =
      List.of(
          of("infer 2-2-1 float", "FANN float", 0.55),
          of("infer 2-2-1 float", "Encog", 0.40),
          of("infer 2-2-1 fixed", "FANN fixed", 0.75),
          of("infer 64-64-64-10 float", "FANN float", 0.24),
          of("infer 784-128-10 float", "FANN float", 0.20),
          of("infer 784-128-10 float", "Encog", 0.08),
          of("infer 784-128-10 float", "numpy", 0.48),
          of("infer 784-128-10 fixed", "FANN fixed", 0.15),
          of("train XOR", "FANN float", 0.45),
          of("train XOR", "Encog", 0.19),
          of("train XOR", "numpy", 0.0017),
          of("train 784-128-10", "FANN float", 0.16),
          of("train 784-128-10", "numpy", 0.19),
          of("train 784-128-10", "Encog", 0.06),
          of(PROCESS, "numpy", 0.40));

  /** In the order of the tables; what has no target comes last. */
  private static final List<String> WORKS =
      TARGETS.stream().map(Comparison::work).distinct().toList();

  private static final List<Comparison> LIMITS =
      List.of(
          limit("infer 2-2-1 float", LIMIT, "chain 2-2-1"),
          limit("infer 784-128-10 float", LIMIT, "read 784x128"),
          limit("infer 784-128-10 float", LIMIT, "gemv 784x128"),
          limit("infer 784-128-10 float", Figures.OURS, "read 784x128 in Java"),
          limit("train 784-128-10", LIMIT, "gemv and update 784x128"));

  private static Comparison of(String work, String rival, double target) {
    return new Comparison(work, rival, work, target);
  }

  private static Comparison limit(String work, String rival, String row) {
    return new Comparison(work, rival, row, Double.NaN);
  }

  /** With all rivals that have been timed, work by work; those with a target first. */
  static List<Comparison> withRivals(Figures figures) {
    Set<Comparison> all = new LinkedHashSet<>(TARGETS);
    for (String rival : figures.rivals()) {
      for (String row : figures.rows(Figures.OURS)) {
        if (!rival.equals(Figures.OURS) && !hasTarget(row, rival)) {
          all.add(of(row, rival, Double.NaN));
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

  private static boolean hasTarget(String work, String rival) {
    return TARGETS.stream().anyMatch(c -> c.work.equals(work) && c.rival.equals(rival));
  }

  /** With what neither memory nor the chain of operations allows to beat. */
  static List<Comparison> withLimits(Figures figures) {
    return LIMITS.stream().filter(c -> c.isIn(figures)).toList();
  }

  private boolean isIn(Figures figures) {
    return figures.has(Figures.OURS, work) && figures.has(rival, row);
  }

  double ratio(Figures figures) {
    return figures.median(Figures.OURS, work) / figures.median(rival, row);
  }

  boolean hasTarget() {
    return !Double.isNaN(target);
  }

  boolean isMet(Figures figures) {
    return ratio(figures) <= target;
  }

  /**
   * Requires that both computed the same; what reads memory alone or is a whole process computes
   * nothing to compare.
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

  /** FANN clips the derivative when it trains, and its sigmoid in integers is made of six lines. */
  private double tolerance(double ours) {
    boolean fann = rival.startsWith("FANN");
    if (work.startsWith("train")) {
      return ours * (fann ? 0.1 : 1e-3);
    }
    return work.endsWith("fixed") ? 0.02 * ours : 1e-4;
  }
}
