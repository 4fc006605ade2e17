package dev.switchback.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeparabilityTest {
  /** The known numbers of threshold functions of n inputs (OEIS A000609). */
  @ParameterizedTest
  @CsvSource({"1, 4", "2, 14", "3, 104", "4, 1882"})
  void asManyTablesAreSeparableAsIsKnown(int inputs, int known) {
    int rows = 1 << inputs;
    int separable = 0;
    for (int table = 0; table < 1 << rows; table++) {
      separable += Separability.isSeparable(table(table, rows)) ? 1 : 0;
    }
    assertEquals(known, separable);
  }

  private static TruthTable table(int table, int rows) {
    return TruthTable.parse(Integer.toBinaryString(1 << rows | table).substring(1));
  }

  /** Weights 1, 1, 2, 3, 5, 8, 13, 21 of a threshold function need many corrections. */
  @Test
  void eightSwitchesAreDecidedBothWaysSoon() {
    int[] weights = {1, 1, 2, 3, 5, 8, 13, 21};
    StringBuilder digits = new StringBuilder();
    for (int row = 0; row < 256; row++) {
      int sum = 0;
      for (int i = 0; i < 8; i++) {
        sum += weights[i] * TruthTable.level(row, i, 8);
      }
      digits.append(sum > 27 ? 1 : 0);
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          assertTrue(Separability.isSeparable(TruthTable.parse(digits.toString())));
          assertFalse(Separability.isSeparable(NamedTruth.XOR.table(8)));
        });
  }

  @Test
  void tablesOfEightSwitchesThatNoPlaneSeparatesAreRecognised() {
    StringBuilder parity = new StringBuilder();
    StringBuilder majority = new StringBuilder();
    for (int row = 0; row < 256; row++) {
      parity.append(Integer.bitCount(row) & 1);
      majority.append(Integer.bitCount(row) > 4 ? '1' : '0');
    }
    assertFalse(Separability.isSeparable(TruthTable.parse(parity.toString())));
    assertTrue(Separability.isSeparable(TruthTable.parse(majority.toString())));
    // Two pairs of opposite rows have the same sum, but one pair answers 1 and the other 0.
    StringBuilder swapped = new StringBuilder(majority);
    swapped.setCharAt(0b00011110, '1');
    swapped.setCharAt(0b11100001, '1');
    swapped.setCharAt(0b00101101, '0');
    swapped.setCharAt(0b11010010, '0');
    assertFalse(Separability.isSeparable(TruthTable.parse(swapped.toString())));
  }

  @Test
  void oneLedThatCannotBeLearntForbidsAll() {
    Topology topology = Topology.parse("2-2", Activation.SIGMOID);
    assertTrue(Separability.forbids(topology, TruthTable.parse("0001,0110")));
    assertFalse(Separability.forbids(topology, TruthTable.parse("0001,0111")));
    assertFalse(
        Separability.forbids(
            Topology.parse("2-2-2", Activation.SIGMOID), TruthTable.parse("0001,0110")));
  }

  @ParameterizedTest
  @CsvSource({
    "2-1, sigmoid, true",
    "2-1-1, sigmoid, true",
    "2-1-1-1, relu, true",
    "2-8-1, 'linear,sigmoid', true",
    "2-8-1-1, 'linear,tanh,linear', true",
    "2-2, softmax, true",
    "2-1-2, 'tanh,softmax', true",
    "2-2-1, sigmoid, false",
    "2-1-2-1, sigmoid, false",
    "2-8-2, 'relu,softmax', false",
    "2-2, linear, true",
    "2-2, relu, false",
  })
  void onlyWhatIsMonotoneInOneSumIsForbiddenExclusiveOr(
      String widths, String activations, boolean isForbidden) {
    Activation[] all =
        Arrays.stream(activations.split(",", -1)).map(Activation::of).toArray(Activation[]::new);
    Topology parsed = Topology.parse(widths, all);
    Topology topology = parsed.outputs() == 1 ? parsed : parsed.withArgmax();
    assertEquals(isForbidden, Separability.forbids(topology, TruthTable.XOR));
    assertFalse(Separability.forbids(topology, NamedTruth.AND.table(2)));
  }
}
