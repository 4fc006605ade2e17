package dev.switchback.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.switchback.core.nn.TruthTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedTruthTest {
  @ParameterizedTest
  @CsvSource({
    "and, 2, 0001",
    "OR, 2, 0111",
    "xor, 2, 0110",
    "nand, 2, 1110",
    "nor, 2, 1000",
    "Xnor, 2, 1001",
    "and, 3, 00000001",
    "xor, 3, 01101001",
    "nor, 1, 10",
    "0100, 2, 0100",
    "00000001, 2, 00000001",
  })
  void namesAndDigitsBecomeTables(String text, int inputs, String digits) {
    assertEquals(digits, NamedTruth.parse(text, inputs).toString());
  }

  @Test
  void anUnknownNameIsToldTheKnownOnes() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> NamedTruth.parse("xorr", 2));
    assertEquals(
        "unknown truth table 'xorr': use and, or, xor, nand, nor, xnor, or digits such as 0110",
        refusal.getMessage());
  }

  @Test
  void tablesAreCalledByNameWhereTheyHaveOne() {
    assertEquals("XOR 0110", NamedTruth.describe(TruthTable.XOR));
    assertEquals("AND 00000001", NamedTruth.describe(NamedTruth.AND.table(3)));
    assertEquals("0010", NamedTruth.describe(TruthTable.parse("0010")));
    assertEquals("01", NamedTruth.describe(TruthTable.parse("01")));
  }

  @Test
  void aTopologySaysForHowManySwitchesANameIs() {
    assertEquals(3, NamedTruth.inputs("3-2-1", 2));
    for (String widths : new String[] {null, "", "3", "9-2-1", "12-2-1", "x-1"}) {
      assertEquals(2, NamedTruth.inputs(widths, 2));
    }
  }
}
