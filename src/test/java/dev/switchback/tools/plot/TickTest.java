package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TickTest {
  @Test
  void wholeNumbersStepByOneTwoOrFive() {
    assertEquals(List.of("0", "10", "20", "30", "40"), labels(Tick.wholeNumbers(0, 47, 8)));
    assertEquals(List.of("0", "20,000", "40,000"), labels(Tick.wholeNumbers(0, 50_000, 4)));
    assertEquals(List.of("1,000", "1,005", "1,010"), labels(Tick.wholeNumbers(998, 1010, 5)));
    assertEquals(List.of("0", "1"), labels(Tick.wholeNumbers(0, 1, 8)));
  }

  @Test
  void thereAreNeverMoreTicksThanAskedFor() {
    for (int to = 1; to < 3000; to += 7) {
      for (int most = 2; most < 12; most++) {
        int size = Tick.wholeNumbers(0, to, most).size();

        assertTrue(size >= 1 && size <= most, to + ": " + size + " of " + most);
      }
    }
  }

  @Test
  void decadesAreWrittenOutOrPowers() {
    assertEquals(
        List.of("10⁻⁴", "0.001", "0.01", "0.1", "1", "10", "100", "1000", "10⁴"),
        labels(Tick.decades(-4, 4, 9)));
  }

  @Test
  void manyDecadesAreNotAllLabelledAndVeryManyNotAllDrawn() {
    assertEquals(List.of("", "0.01", "", "1", "", "100", ""), labels(Tick.decades(-3, 3, 4)));
    assertEquals(List.of("10⁻¹⁰⁰", "1", "10¹⁰⁰"), labels(Tick.decades(-120, 150, 4)));
  }

  private static List<String> labels(List<Tick> ticks) {
    return ticks.stream().map(Tick::label).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1.01, 2",
    "2, 2",
    "2.1, 5",
    "5.5, 10",
    "1.15e-4, 2e-4",
    "0.0004, 0.0005",
    "5e-5, 5e-5",
    "9.04e-5, 1e-4",
    "1e30, 1e30",
    "3e-45, 5e-45",
    "0.30000000000000004, 0.5",
    "0.10000000149, 0.1",
    "0.100001, 0.2"
  })
  void roundingUpGoesToOneTwoOrFive(double value, double rounded) {
    assertEquals(rounded, Tick.roundUp(value));
  }
}
