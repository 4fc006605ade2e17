package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationTest {

  private static float[] applied(Activation activation, float... values) {
    activation.apply(values, values.length);
    return values;
  }

  private static float[] multiplied(Activation activation, float[] deltas, float... activations) {
    activation.multiplyByDerivative(deltas, activations, deltas.length);
    return deltas;
  }

  @ParameterizedTest
  @EnumSource
  void labelFindsTheActivation(Activation activation) {
    assertEquals(activation, Activation.of(activation.label()));
    assertEquals(activation.name().toLowerCase(java.util.Locale.ROOT), activation.label());
  }

  @Test
  void unknownLabelIsRefusedWithTheKnownOnes() {
    assertEquals(
        "unknown activation 'Sigmoid': use sigmoid, tanh, relu, linear or softmax",
        assertThrows(IllegalArgumentException.class, () -> Activation.of("Sigmoid")).getMessage());
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGMOID", "TANH", "RELU"})
  void onlyTheGivenLengthIsTouched(Activation activation) {
    float[] values = {-1f, -2f, -3f};
    activation.apply(values, 2);
    assertEquals(-3f, values[2]);
    float[] deltas = {1f, 1f, 1f};
    activation.multiplyByDerivative(deltas, new float[] {0f, 0.5f, -1f}, 2);
    assertEquals(1f, deltas[2]);
  }

  @Test
  void elementaryFunctionsAreApplied() {
    assertArrayEquals(
        new float[] {Elementary.sigmoid(-2f), 0.5f, Elementary.sigmoid(3f)},
        applied(Activation.SIGMOID, -2f, 0f, 3f));
    assertArrayEquals(
        new float[] {Elementary.tanh(-2f), 0f, Elementary.tanh(3f)},
        applied(Activation.TANH, -2f, 0f, 3f));
    assertArrayEquals(new float[] {0f, 0f, 3f}, applied(Activation.RELU, -2f, 0f, 3f));
    assertArrayEquals(new float[] {-2f, 0f, 3f}, applied(Activation.LINEAR, -2f, 0f, 3f));
  }

  @Test
  void softmaxSubtractsTheMaximumWhereverItStands() {
    float[] expected = {Elementary.exp(-2f), Elementary.exp(-1f), 1f};
    float sum = expected[0] + expected[1] + expected[2];
    for (int j = 0; j < 3; j++) {
      expected[j] /= sum;
    }
    assertArrayEquals(expected, applied(Activation.SOFTMAX, 1f, 2f, 3f));
    assertArrayEquals(expected, applied(Activation.SOFTMAX, 1001f, 1002f, 1003f));
    float[] turned = applied(Activation.SOFTMAX, 1003f, 1002f, 1001f);
    assertEquals(expected[2], turned[0], 1e-7f);
    assertEquals(expected[0], turned[2], 1e-7f);
    float[] middle = applied(Activation.SOFTMAX, 1001f, 1003f, 1002f);
    assertEquals(expected[2], middle[1], 1e-7f);
  }

  @Test
  void derivativesAreTermsOfTheActivation() {
    assertArrayEquals(
        new float[] {2f * (0.25f * 0.75f), 0f},
        multiplied(Activation.SIGMOID, new float[] {2f, 2f}, 0.25f, 1f));
    assertArrayEquals(
        new float[] {2f * 0.75f, 2f, 0f},
        multiplied(Activation.TANH, new float[] {2f, 2f, 2f}, -0.5f, 0f, 1f));
    assertArrayEquals(
        new float[] {2f, 0f, 0f},
        multiplied(Activation.RELU, new float[] {2f, 2f, 2f}, 0.001f, 0f, -1f));
    assertArrayEquals(
        new float[] {2f, 2f}, multiplied(Activation.LINEAR, new float[] {2f, 2f}, -5f, 5f));
  }

  @Test
  void softmaxDerivativeIsTheJacobian() {
    // a_j (d_j - sum_k d_k a_k), with the sum 0.25 * 4 + 0.75 * 8 = 7.
    assertArrayEquals(
        new float[] {0.25f * -3f, 0.75f * 1f},
        multiplied(Activation.SOFTMAX, new float[] {4f, 8f}, 0.25f, 0.75f));
  }
}
