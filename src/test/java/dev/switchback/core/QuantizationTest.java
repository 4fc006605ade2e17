package dev.switchback.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantizationTest {
  private static final int WORK = 1_000_000;

  private static Quantization of(String widths, String activations, float... values) {
    Activation[] labels =
        java.util.Arrays.stream(activations.split(","))
            .map(Activation::of)
            .toArray(Activation[]::new);
    return Quantization.of(Parameters.of(Topology.parse(widths, labels), values), WORK);
  }

  @Test
  void aTrainedNetworkLosesNothingThatMatters() {
    NamedRecipe device = NamedRecipe.DEVICE;
    TrainingSession training =
        new TrainingSession(
            device.recipe(device.topology(TruthTable.XOR), TruthTable.XOR),
            TruthTable.XOR,
            Engine.FLOAT,
            1,
            null);
    while (training.step()) {}
    Quantization found = Quantization.of(training.result(), WORK);
    assertEquals("0110", found.inFloat());
    assertEquals("0110", found.inFixed());
    assertFalse(found.changesAnswers() || found.cuts());
    assertTrue(found.weightError() <= 0.5 / 65536);
    assertTrue(found.difference() > 0 && found.difference() < 1e-3, found.toString());
    assertTrue(found.toString().endsWith(", nothing is cut"), found.toString());
  }

  /** XOR of steps: the weights hold it in float, and no longer when they are cut. */
  @Test
  void weightsThatAreCutAreCountedAndTheirEffectIsSeen() {
    float w = 1e5f;
    Quantization found = of("2-2-1", "sigmoid", w, w, w, w, -w / 2, -3 * w / 2, w, -w, -w / 2);
    assertEquals("0110", found.inFloat());
    assertEquals("0000", found.inFixed());
    assertTrue(found.changesAnswers());
    assertEquals(9, found.cutWeights());
    assertEquals(-150000f, found.largestCutWeight());
    assertFalse(found.cutsValues());
    assertEquals(
        "differs from float by at most 1.00000; 9 weights are cut to 128, the largest from"
            + " -150000.0",
        found.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "linear, linear, true", // 127 * 127 * 1.5 is beyond 2048
    "relu, linear, true",
    "linear, relu, true",
    "linear, sigmoid, false", // its table is flat there
    "sigmoid, linear, false",
    "tanh, tanh, false"
  })
  void valuesThatAreCutAreSeenWhereTheyMatter(String hidden, String output, boolean isCut) {
    Quantization found = of("1-1-1", hidden + "," + output, 127, 0, 127, 0);
    assertEquals(isCut, found.cutsValues(), found.toString());
    assertEquals(0, found.cutWeights());
    assertEquals(isCut, found.difference() > 1000);
  }

  @Test
  void theWorstPointIsNamed() {
    // 20.00001 is 20.0 in fixed point, and the slope of the sigmoid is largest at 0.
    Quantization found = of("1-1", "linear", 1e-6f, 0);
    assertArrayEquals(new float[] {1.5f}, found.worst());
    assertEquals(1.5e-6, found.difference(), 1e-9);
  }

  /** Beyond the switches of any device there is no truth table, but points all the same. */
  @Test
  void anyWidthIsCompared() {
    Parameters wide = new Parameters(Topology.parse("300-2", Activation.LINEAR));
    wide.set(0, 299, 1, 1e-6f);
    Quantization found = Quantization.of(wide, WORK);
    assertEquals("", found.inFloat());
    assertFalse(found.changesAnswers());
    assertEquals(1e-6, found.weightError(), 1e-9);
    assertTrue(found.difference() > 1.4e-6 && found.difference() <= 1.5e-6, found.toString());
  }
}
