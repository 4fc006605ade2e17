package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

  private static Topology topology(String widths) {
    return Topology.parse(widths, Activation.SIGMOID);
  }

  private static float[] counting(Topology topology) {
    float[] values = new float[topology.parameterCount()];
    for (int k = 0; k < values.length; k++) {
      values[k] = k + 0.5f;
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1-1", "2-2-1", "2-20-1", "5-16-3-17-2"})
  void valuesComeBackInTheDocumentedOrder(String widths) {
    Topology topology = topology(widths);
    float[] values = counting(topology);
    Parameters parameters = Parameters.of(topology, values);
    assertArrayEquals(values, parameters.toArray());
    for (int l = 0; l < topology.layers(); l++) {
      for (int row = 0; row <= topology.fanIn(l); row++) {
        for (int column = 0; column < topology.fanOut(l); column++) {
          assertEquals(values[topology.index(l, row, column)], parameters.get(l, row, column));
        }
      }
    }
    assertSame(topology, parameters.topology());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2-2-1", "2-20-1"})
  void settingOneValueChangesThatOneOnly(String widths) {
    Topology topology = topology(widths);
    for (int l = 0; l < topology.layers(); l++) {
      for (int row = 0; row <= topology.fanIn(l); row++) {
        for (int column = 0; column < topology.fanOut(l); column++) {
          Parameters parameters = new Parameters(topology);
          parameters.set(l, row, column, 3f);
          float[] expected = new float[topology.parameterCount()];
          expected[topology.index(l, row, column)] = 3f;
          assertArrayEquals(expected, parameters.toArray());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 10})
  void wrongNumberOfValuesIsRefused(int count) {
    assertEquals(
        "2-2-1 has 9 parameters, not " + count,
        assertThrows(
                IllegalArgumentException.class,
                () -> Parameters.of(topology("2-2-1"), new float[count]))
            .getMessage());
  }

  @Test
  void freshParametersAreZeroAndFillSetsAll() {
    Parameters parameters = new Parameters(topology("2-17-1"));
    assertArrayEquals(new float[69], parameters.toArray());
    parameters.fill(2f);
    float sum = 0f;
    for (float value : parameters.toArray()) {
      sum += value;
    }
    assertEquals(138f, sum);
  }

  @Test
  void copiesAreEqualAndIndependent() {
    Topology topology = topology("2-17-1");
    Parameters parameters = Parameters.of(topology, counting(topology));
    Parameters copy = parameters.copy();
    assertNotSame(parameters, copy);
    assertEquals(parameters, copy);
    assertEquals(parameters.hashCode(), copy.hashCode());
    parameters.set(1, 3, 0, -1f);
    assertNotEquals(parameters, copy);
    assertNotEquals(parameters.hashCode(), copy.hashCode());
    assertArrayEquals(counting(topology), copy.toArray());
    copy.copyFrom(parameters);
    assertEquals(parameters, copy);
  }

  @Test
  void equalMeansSameTopologyAndSameBits() {
    Parameters zero = new Parameters(topology("2-2-1"));
    assertEquals(new Parameters(topology("2-2-1")), zero);
    assertNotEquals(
        new Parameters(Topology.parse("2-2-1", Activation.TANH, Activation.SIGMOID)), zero);
    Parameters negativeZero = zero.copy();
    negativeZero.set(0, 0, 0, -0f);
    assertNotEquals(negativeZero, zero);
    assertFalse(zero.equals((Object) "2-2-1"));
  }
}
