package dev.switchback.bench;

import dev.switchback.bench.ScaleRow.Cost;
import dev.switchback.core.Engine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Finds costs that grow faster than the number of weights: a network that costs more per weight
 * than a smaller one of the same width or depth in the same cache level.
 */
record ScaleGrowth(List<ScaleRow> rows, CpuCaches caches) {
  /** A ratio above the variation of timings. */
  private static final double MOST = 1.5;

  /** Returns a line for each finding and a line per kind of cost with the values by cache level. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Engine engine : Engine.values()) {
      List<ScaleRow> ascending =
          rows.stream()
              .filter(row -> row.engine() == engine)
              .sorted(Comparator.comparingInt(ScaleRow::weights))
              .toList();
      lines.addAll(time("answer, " + engine.label(), ascending, ScaleRow::answer));
      lines.addAll(time("step, " + engine.label(), ascending, ScaleRow::step));
      lines.addAll(memory("model, " + engine.label(), ascending, ScaleRow::answer));
      lines.addAll(memory("learner, " + engine.label(), ascending, ScaleRow::step));
    }
    return lines;
  }

  private List<String> time(String what, List<ScaleRow> ascending, Function<ScaleRow, Cost> cost) {
    List<String> lines = new ArrayList<>();
    StringBuilder levels = new StringBuilder();
    for (int level = 1; level <= caches.bytesByLevel().size() + 1; level++) {
      int inLevel = level;
      List<ScaleRow> fitting =
          ascending.stream()
              .filter(row -> caches.level(cost.apply(row).madeBytes()) == inLevel)
              .toList();
      String where = caches.name(level);
      growth(lines, what + ", " + where, "ns", fitting, row -> cost.apply(row).nanos());
      fitting.stream()
          .mapToDouble(row -> cost.apply(row).nanos() / row.weights())
          .min()
          .ifPresent(least -> levels.append(String.format(Locale.ROOT, "  %s %.3f", where, least)));
    }
    lines.add("least ns per weight, " + what + ":" + levels);
    return lines;
  }

  private static List<String> memory(
      String what, List<ScaleRow> ascending, Function<ScaleRow, Cost> cost) {
    List<String> lines = new ArrayList<>();
    growth(lines, what, "bytes", ascending, row -> cost.apply(row).madeBytes());
    ScaleRow largest = ascending.getLast();
    lines.add(
        String.format(
            Locale.ROOT,
            "bytes per weight, %s: %.2f of the largest",
            what,
            (double) cost.apply(largest).madeBytes() / largest.weights()));
    return lines;
  }

  private static void growth(
      List<String> lines,
      String what,
      String unit,
      List<ScaleRow> ascending,
      Function<ScaleRow, Number> cost) {
    for (ScaleRow row : ascending) {
      double perWeight = cost.apply(row).doubleValue() / row.weights();
      double least =
          ascending.stream()
              .filter(smaller -> smaller.weights() < row.weights() && isAlike(smaller, row))
              .mapToDouble(smaller -> cost.apply(smaller).doubleValue() / smaller.weights())
              .min()
              .orElse(perWeight);
      if (perWeight > MOST * least) {
        lines.add(
            String.format(
                Locale.ROOT,
                "grows: %s: %s takes %.3f %s per weight, %.2f times a smaller one",
                what,
                row.topology(),
                perWeight,
                unit,
                perWeight / least));
      }
    }
  }

  private static boolean isAlike(ScaleRow a, ScaleRow b) {
    return a.topology().layers() == b.topology().layers()
        || a.topology().inputs() == b.topology().inputs();
  }
}
