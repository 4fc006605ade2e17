package dev.switchback.tools.bench;

import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.lesson.NamedTruth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Selects the bench's next lesson: truth table or number of hidden neurons. */
final class NextLesson {
  private static final int[] HIDDEN = {0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32};

  private NextLesson() {}

  /**
   * Returns the truth table after this one, in a cycle of all named tables. Each further LED learns
   * the named table after that of the LED before it.
   *
   * @param first the bench's initial table; part of the cycle even if it has no name
   */
  static TruthTable truth(TruthTable now, TruthTable first) {
    NamedTruth[] names = NamedTruth.values();
    Set<TruthTable> distinct = new LinkedHashSet<>();
    for (int begin = 0; begin < names.length; begin++) {
      List<String> tables = new ArrayList<>();
      for (int led = 0; led < first.leds(); led++) {
        tables.add(names[(begin + led) % names.length].label());
      }
      distinct.add(NamedTruth.parse(String.join(",", tables), first.inputs()));
    }
    distinct.add(first);
    List<TruthTable> round = new ArrayList<>(distinct);
    return round.get((round.indexOf(now) + 1) % round.size());
  }

  /**
   * Returns the widths with the next number of neurons per hidden layer. The numbers go from 0 up
   * to 8, or to four per switch if that is more, and then start again.
   */
  static String widths(Topology now) {
    int hidden = now.layers() == 1 ? 0 : now.width(1);
    int next = 0;
    for (int width : HIDDEN) {
      if (width > hidden && next == 0) {
        next = width;
      }
    }
    if (next > Math.max(8, 4 * now.inputs())) {
      next = 0;
    }
    int layers = next == 0 ? 0 : Math.max(1, now.layers() - 1);
    return now.inputs()
        + String.join("", Collections.nCopies(layers, "-" + next))
        + "-"
        + now.outputs();
  }
}
