package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossTest {

  @Test
  void squaredErrorSumsOverTheOutputs() {
    assertEquals(
        0.25 + 4.0,
        Loss.SQUARED_ERROR.value(Activation.LINEAR, new float[] {0.5f, 3f}, new float[] {1f, 1f}));
  }

  @Test
  void crossEntropyOfSoftmaxCountsTheTargetOnly() {
    assertEquals(
        -StrictMath.log(0.25 + 1e-7),
        Loss.CROSS_ENTROPY.value(
            Activation.SOFTMAX, new float[] {0.75f, 0.25f}, new float[] {0f, 1f}));
  }

  @Test
  void crossEntropyOfSigmoidCountsBothSides() {
    assertEquals(
        -StrictMath.log(0.25 + 1e-7),
        Loss.CROSS_ENTROPY.value(Activation.SIGMOID, new float[] {0.25f}, new float[] {1f}));
    assertEquals(
        -StrictMath.log(0.75 + 1e-7),
        Loss.CROSS_ENTROPY.value(Activation.SIGMOID, new float[] {0.25f}, new float[] {0f}));
    assertEquals(
        -0.5 * StrictMath.log(0.25 + 1e-7) - 0.5 * StrictMath.log(0.75 + 1e-7),
        Loss.CROSS_ENTROPY.value(Activation.SIGMOID, new float[] {0.25f}, new float[] {0.5f}),
        1e-15);
  }

  @Test
  void crossEntropyOfACertainMistakeIsFinite() {
    assertEquals(
        -StrictMath.log(1e-7),
        Loss.CROSS_ENTROPY.value(Activation.SIGMOID, new float[] {1f}, new float[] {0f}));
  }

  @ParameterizedTest
  @EnumSource(names = {"TANH", "RELU", "LINEAR"})
  void crossEntropyRefusesOutputsThatAreNoProbabilities(Activation output) {
    assertEquals(
        "cross-entropy needs sigmoid or softmax outputs, not " + output.label(),
        assertThrows(
                IllegalArgumentException.class, () -> Loss.CROSS_ENTROPY.requireDefinedFor(output))
            .getMessage());
    assertDoesNotThrow(() -> Loss.SQUARED_ERROR.requireDefinedFor(output));
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGMOID", "SOFTMAX"})
  void crossEntropyTakesProbabilities(Activation output) {
    assertDoesNotThrow(() -> Loss.CROSS_ENTROPY.requireDefinedFor(output));
  }

  @Test
  void outputDeltasAreErrorsTimesDerivativeOrErrorsAlone() {
    float[] deltas = new float[1];
    Loss.SQUARED_ERROR.outputDeltas(
        Activation.SIGMOID, new float[] {0.75f}, new float[] {1f}, deltas, 1);
    assertArrayEquals(new float[] {-0.25f * 0.1875f}, deltas);
    Loss.CROSS_ENTROPY.outputDeltas(
        Activation.SIGMOID, new float[] {0.75f}, new float[] {1f}, deltas, 1);
    assertArrayEquals(new float[] {-0.25f}, deltas);
  }
}
