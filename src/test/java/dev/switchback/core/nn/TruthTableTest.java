package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TruthTableTest {

  private static String refusal(String digits) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> TruthTable.parse(digits)).getMessage());
  }

  private static boolean isAnswered(TruthTable truth, String topology, float... parameters) {
    Topology shape = Topology.parse(topology, Activation.LINEAR);
    return truth.isAnsweredBy(new FloatModel(Parameters.of(shape, parameters)));
  }

  @Test
  void tableIsAnsweredByFiniteOutputsAlone() {
    TruthTable zero = TruthTable.parse("00");
    assertTrue(isAnswered(zero, "1-1", 0f, 0f));
    assertFalse(isAnswered(TruthTable.parse("01"), "1-1", 0f, 0f));
    assertFalse(isAnswered(zero, "1-1", 0f, Float.NaN));
    assertFalse(isAnswered(zero, "1-1", 0f, Float.NEGATIVE_INFINITY));
    assertFalse(isAnswered(TruthTable.parse("11"), "1-1", 0f, Float.POSITIVE_INFINITY));
    TruthTable two = TruthTable.parse("11,00");
    assertTrue(isAnswered(two, "1-2", 0f, 0f, 1f, 0f));
    assertFalse(isAnswered(two, "1-2", 0f, 1f, 1f, 0f), "the second LED in row 1");
    assertFalse(isAnswered(two, "1-2", 0f, 0f, 1f, Float.NaN));
    assertThrows(
        IllegalArgumentException.class, () -> isAnswered(zero, "1-2", 0f, 0f, 1f, 0f), "two LEDs");
    assertThrows(
        IllegalArgumentException.class, () -> isAnswered(zero, "2-1", 0f, 0f, 0f), "other inputs");
  }

  @Test
  void xorAnswersOneWhenTheSwitchesDiffer() {
    TruthTable xor = TruthTable.XOR;
    assertEquals(2, xor.inputs());
    assertEquals(4, xor.rows());
    for (int a = 0; a <= 1; a++) {
      for (int b = 0; b <= 1; b++) {
        int row = 2 * a + b;
        assertEquals(a, xor.input(row, 0));
        assertEquals(b, xor.input(row, 1));
        assertEquals(a ^ b, xor.answer(row));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 4", "3, 8", "4, 16", "5, 32", "6, 64", "7, 128", "8, 256"})
  void lengthTellsTheSwitches(int inputs, int rows) {
    TruthTable truth = TruthTable.parse("01".repeat(rows / 2));
    assertEquals(inputs, truth.inputs());
    assertEquals(rows, truth.rows());
    assertEquals("01".repeat(rows / 2), truth.toString());
  }

  @Test
  void rowSpellsTheSwitchesWithAFirst() {
    assertArrayEquals(new float[] {1f, 1f, 0f}, TruthTable.inputs(6, 3));
    assertArrayEquals(new float[] {0f, 0f, 1f}, TruthTable.inputs(1, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5, 6, 255, 257, 512})
  void otherLengthsAreRefused(int length) {
    assertEquals(
        "a truth table has 2, 4, 8, ... or 256 digits (one per row), not " + length,
        refusal("0".repeat(length)));
  }

  @Test
  void otherDigitsAreRefusedWithTheirPlace() {
    assertEquals("truth table digit 1 is '2', not 0 or 1", refusal("2110"));
    assertEquals("truth table digit 4 is 'x', not 0 or 1", refusal("011x"));
  }

  @Test
  void equalMeansSameDigits() {
    assertEquals(TruthTable.XOR, TruthTable.parse("0110"));
    assertEquals(TruthTable.XOR.hashCode(), TruthTable.parse("0110").hashCode());
    assertNotEquals(TruthTable.XOR, TruthTable.parse("0111"));
    assertNotEquals(TruthTable.XOR.hashCode(), TruthTable.parse("0111").hashCode());
    assertFalse(TruthTable.XOR.equals((Object) "0110"));
  }

  @Test
  void levelsMakeRowsAndRowsLevels() {
    for (int inputs = 1; inputs <= TruthTable.MAX_INPUTS; inputs++) {
      for (int row = 0; row < 1 << inputs; row++) {
        int again = 0;
        for (int i = 0; i < inputs; i++) {
          boolean closed = TruthTable.level(row, i, inputs) == 1;
          again = TruthTable.withLevel(again, i, inputs, closed);
          assertEquals(row, TruthTable.withLevel(row, i, inputs, closed));
          int other = TruthTable.withLevel(row, i, inputs, !closed);
          assertEquals(1 << (inputs - 1 - i), row ^ other);
        }
        assertEquals(row, again);
      }
    }
  }

  @Test
  void aModelAnswersItsTruthTable() {
    // The output is 1 where A alone is closed; the second network decides two LEDs.
    Model one =
        new FloatModel(Parameters.of(Topology.parse("2-1", Activation.LINEAR), 1f, -1f, 0f));
    assertEquals(TruthTable.parse("0010"), TruthTable.answeredBy(one));
    Model two =
        new FloatModel(
            Parameters.of(Topology.parse("2-2", Activation.LINEAR), 0f, 2f, 0f, -2f, 1f, 0f));
    assertEquals(TruthTable.parse("1111,0010"), TruthTable.answeredBy(two));
    Parameters larger =
        Parameters.of(
            Topology.parse("2-2", Activation.LINEAR).withArgmax(), 0f, 2f, 0f, -2f, 1f, 0f);
    assertEquals(TruthTable.parse("0010"), TruthTable.answeredBy(new FloatModel(larger)));
  }

  @Test
  void aModelOfOtherShapeAnswersNone() {
    for (String widths : new String[] {"9-1", "2-9"}) {
      Model model = new FloatModel(new Parameters(Topology.parse(widths, Activation.LINEAR)));
      assertEquals(
          "topology " + widths + " answers no truth table",
          assertThrows(IllegalArgumentException.class, () -> TruthTable.answeredBy(model))
              .getMessage());
    }
  }

  @Test
  void severalLedsHaveATableEach() {
    TruthTable halfAdder = TruthTable.parse("0110,0001");
    assertEquals(2, halfAdder.leds());
    assertEquals(4, halfAdder.rows());
    assertEquals(0b10, halfAdder.answer(1));
    assertEquals(0b01, halfAdder.answer(3));
    assertEquals(1, halfAdder.answer(3, 1));
    assertEquals(TruthTable.parse("0001"), halfAdder.ofLed(1));
    assertEquals("0110,0001", halfAdder.toString());
    assertEquals(halfAdder, TruthTable.parse("0110,0001"));
    assertNotEquals(halfAdder, TruthTable.XOR);
    assertEquals(
        TruthTable.parse("0111,0100"), TruthTable.parse("00111101,00011000").ofFirstTwo(1));
    assertEquals(
        "the tables of all LEDs have as many digits as the first: 4, not 2", refusal("0110,01"));
    assertEquals(
        "a truth table has 2, 4, 8, ... or 256 digits (one per row), not 0", refusal("0110,"));
    assertEquals("a truth table is for 1 to 8 LEDs, not 9", refusal("01,01,01,01,01,01,01,01,01"));
  }

  @Test
  void tableOfTheFirstTwoSwitchesIsASliceOfTheOthers() {
    TruthTable three = TruthTable.parse("00010111");
    assertEquals(TruthTable.parse("0001"), three.ofFirstTwo(0), "C open: and");
    assertEquals(TruthTable.parse("0111"), three.ofFirstTwo(1), "C closed: or");
    TruthTable four = TruthTable.parse("0100001000010001");
    assertEquals(TruthTable.parse("0000"), four.ofFirstTwo(0));
    assertEquals(TruthTable.parse("1000"), four.ofFirstTwo(1));
    assertEquals(TruthTable.parse("0100"), four.ofFirstTwo(2));
    assertEquals(TruthTable.parse("0011"), four.ofFirstTwo(3));
    assertEquals(TruthTable.XOR, TruthTable.XOR.ofFirstTwo(0));
    assertEquals(TruthTable.parse("10"), TruthTable.parse("10").ofFirstTwo(0));
  }
}
