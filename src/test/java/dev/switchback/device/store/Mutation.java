package dev.switchback.device.store;

import dev.switchback.device.store.Transition.FileStep;
import dev.switchback.device.store.Transition.Guard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The table with a single change in one row.
 *
 * @param name the row and the change, such as {@code test start: next none}
 */
record Mutation(String name, List<Transition> table) {
  /**
   * Returns all single changes: another next state, a flag inverted, a guard dropped, a row refused
   * or allowed.
   */
  static List<Mutation> all() {
    List<Mutation> all = new ArrayList<>();
    for (int i = 0; i < Transition.TABLE.size(); i++) {
      int index = i;
      Transition row = Transition.TABLE.get(i);
      changes(row)
          .forEach((change, changed) -> {
            List<Transition> table = new ArrayList<>(Transition.TABLE);
            table.set(index, changed);
            all.add(new Mutation(name(row) + ": " + change, List.copyOf(table)));
          });
    }
    return all;
  }

  static Mutation named(String name) {
    return all().stream()
        .filter(mutation -> mutation.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no mutation '" + name + "'"));
  }

  private static String name(Transition row) {
    return row.state().label()
        + " "
        + row.event().name().toLowerCase(Locale.ROOT)
        + (row.guard() == Guard.SLOT_1_PASSES ? " if slot 1 passes" : "");
  }

  private static Map<String, Transition> changes(Transition row) {
    Map<String, Transition> changes = new LinkedHashMap<>();
    Swap state = row.state();
    Event event = row.event();
    Guard guard = row.guard();
    boolean exchanged = row.exchanged();
    boolean unrecorded = row.unrecorded();
    FileStep step = row.step();
    if (row.next() == null) {
      Transition like = first(Swap.NONE, event);
      for (Swap next : Swap.values()) {
        changes.put(
            "allowed, next " + next.label(),
            new Transition(state, event, like.guard(), next, false, false, like.step()));
      }
      return changes;
    }
    Swap next = row.next();
    for (Swap other : Swap.values()) {
      if (other != next) {
        changes.put(
            "next " + other.label(),
            new Transition(state, event, guard, other, exchanged, unrecorded, step));
      }
    }
    changes.put(
        exchanged ? "not exchanged" : "exchanged",
        new Transition(state, event, guard, next, !exchanged, unrecorded, step));
    changes.put(
        unrecorded ? "not done without the record" : "done without the record",
        new Transition(state, event, guard, next, exchanged, !unrecorded, step));
    if (guard != Guard.ALWAYS) {
      changes.put(
          "unconditional",
          new Transition(state, event, Guard.ALWAYS, next, exchanged, unrecorded, step));
    }
    changes.put(
        "refused", new Transition(state, event, guard, null, false, false, FileStep.NOTHING));
    return changes;
  }

  private static Transition first(Swap state, Event event) {
    return Transition.TABLE.stream()
        .filter(row -> row.state() == state && row.event() == event)
        .findFirst()
        .orElseThrow();
  }
}
