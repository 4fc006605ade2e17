package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplesTest {

  @Test
  void rowsOfATruthTableBecomeSamplesWithOneTarget() {
    Samples samples =
        Samples.of(TruthTable.parse("0111"), Topology.parse("2-2-1", Activation.SIGMOID));
    assertEquals(4, samples.count());
    float[][] inputs = {{0f, 0f}, {0f, 1f}, {1f, 0f}, {1f, 1f}};
    float[] targets = {0f, 1f, 1f, 1f};
    for (int s = 0; s < 4; s++) {
      assertArrayEquals(inputs[s], samples.inputs(s));
      assertArrayEquals(new float[] {targets[s]}, samples.targets(s));
    }
  }

  @Test
  void twoOutputsGetOneHotTargets() {
    Samples samples = Samples.of(TruthTable.parse("01"), Topology.parse("1-2", Activation.SOFTMAX));
    assertArrayEquals(new float[] {1f, 0f}, samples.targets(0));
    assertArrayEquals(new float[] {0f, 1f}, samples.targets(1));
  }

  @Test
  void eachLedHasItsTarget() {
    Samples samples =
        Samples.of(TruthTable.parse("01,11,00"), Topology.parse("1-3", Activation.SIGMOID));
    assertArrayEquals(new float[] {0f, 1f, 0f}, samples.targets(0));
    assertArrayEquals(new float[] {1f, 1f, 0f}, samples.targets(1));
  }

  @ParameterizedTest
  @CsvSource({"1-2-1, 1, 1", "3-2-1, 3, 1", "2-2-3, 2, 3"})
  void topologyThatDoesNotFitIsRefused(String widths, int inputs, int leds) {
    assertEquals(
        "topology %s has inputs %s, LEDs %s; the truth table has inputs 2, LEDs 1"
            .formatted(widths, inputs, leds),
        assertThrows(
                IllegalArgumentException.class,
                () -> Samples.of(TruthTable.XOR, Topology.parse(widths, Activation.SIGMOID)))
            .getMessage());
  }

  @Test
  void samplesMustBePairsAndAtLeastOne() {
    assertEquals(
        "0 inputs with 0 targets",
        assertThrows(
                IllegalArgumentException.class, () -> new Samples(new float[0][], new float[0][]))
            .getMessage());
    assertEquals(
        "2 inputs with 1 targets",
        assertThrows(
                IllegalArgumentException.class, () -> new Samples(new float[2][1], new float[1][1]))
            .getMessage());
  }
}
