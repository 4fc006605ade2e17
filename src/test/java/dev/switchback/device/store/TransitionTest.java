package dev.switchback.device.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TransitionTest {
  private static String row(Transition row) {
    Swap next = row.next();
    return "| "
        + String.join(
            " | ",
            row.state().label(),
            row.event().name().toLowerCase(Locale.ROOT),
            condition(row.guard()),
            next == null ? "refused" : next.label(),
            row.exchanged() ? "exchanged" : "",
            row.step() == Transition.FileStep.NOTHING
                ? ""
                : row.step().name().toLowerCase(Locale.ROOT),
            withoutRecord(row))
        + " |";
  }

  private static String condition(Transition.Guard guard) {
    return switch (guard) {
      case ALWAYS -> "";
      case SLOT_1_PASSES -> "slot 1 passes";
      case IMAGE_PASSES -> "the image passes";
    };
  }

  private static String withoutRecord(Transition row) {
    if (row.next() == null || (row.next() == row.state() && !row.exchanged())) {
      return "";
    }
    return row.unrecorded() ? "done" : "not done";
  }

  @Test
  void pageShowsTheTableOfTheCode() throws IOException {
    List<String> page = Files.readAllLines(Path.of("src/docs/weight-store.md"));
    int head =
        page.indexOf("| state | event | if | next | slots | slot 1's file | without the record |");
    int first = head + 2;
    List<String> shown = page.subList(first, first + Transition.TABLE.size());
    assertEquals(
        String.join("\n", Transition.TABLE.stream().map(TransitionTest::row).toList()),
        String.join("\n", shown));
    assertEquals("", page.get(first + shown.size()));
  }

  @Test
  void everyPairHasARowAndNoneBehindOneThatAlwaysHolds() {
    for (Swap state : Swap.values()) {
      for (Event event : Event.values()) {
        List<Transition> rows =
            Transition.TABLE.stream()
                .filter(row -> row.state() == state && row.event() == event)
                .toList();
        assertFalse(rows.isEmpty(), () -> state + " " + event);
        rows.subList(0, rows.size() - 1)
            .forEach(row -> assertEquals(Transition.Guard.SLOT_1_PASSES, row.guard()));
      }
    }
  }

  @Test
  void startAndFailAreNeverRefused() {
    for (Swap state : Swap.values()) {
      for (Event event : List.of(Event.START, Event.FAIL)) {
        Transition row =
            Transition.of(
                Transition.TABLE, state, event, guard -> guard == Transition.Guard.ALWAYS);
        assertNotNull(row);
        assertNotNull(row.next());
      }
    }
  }

  @Test
  void commandsWithoutWhatTheyNeedHaveNoRow() {
    assertNull(
        Transition.of(
            Transition.TABLE, Swap.NONE, Event.TEST, guard -> guard == Transition.Guard.ALWAYS));
  }
}
