package dev.switchback.tools.bench;

import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.lesson.NamedTruth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the bench tries next: another truth table, or another number of hidden neurons. */
final class NextLesson {
  private static final int[] HIDDEN = {0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32};

  private NextLesson() {}

  /**
   * The truth table after this one in a round of all that have names.
   *
   * @param first the one that the bench began with; it is part of the round, named or not
   */
  static TruthTable truth(TruthTable now, TruthTable first) {
    Set<TruthTable> distinct = new LinkedHashSet<>();
    for (NamedTruth named : NamedTruth.values()) {
      distinct.add(named.table(first.inputs()));
    }
    distinct.add(first);
    List<TruthTable> round = new ArrayList<>(distinct);
    return round.get((round.indexOf(now) + 1) % round.size());
  }

  /**
   * The widths with the next number of neurons in each hidden layer; from none to four for each
   * switch, and at least eight.
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
