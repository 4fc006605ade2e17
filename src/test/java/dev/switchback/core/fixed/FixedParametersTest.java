package dev.switchback.core.fixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Layout;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedParametersTest {

  @ParameterizedTest
  @ValueSource(strings = {"1-1", "2-2-1", "2-20-1", "5-16-3-17-2"})
  void valuesAreRoundedHalfUpAndComeBackInPlace(String widths) {
    Topology topology = Topology.parse(widths, Activation.SIGMOID);
    float[] values = new float[topology.parameterCount()];
    float[] expected = new float[values.length];
    for (int k = 0; k < values.length; k++) {
      values[k] = (k - 3.5f) / 65536f;
      expected[k] = (k - 3f) / 65536f;
    }
    FixedParameters raw = new FixedParameters(topology);
    raw.quantize(Parameters.of(topology, values));
    Parameters back = new Parameters(topology);
    raw.dequantize(back);
    assertArrayEquals(expected, back.toArray());
    Layout layout = Layout.byNeuron(topology);
    for (int l = 0; l < topology.layers(); l++) {
      for (int row = 0; row <= topology.fanIn(l); row++) {
        for (int column = 0; column < topology.fanOut(l); column++) {
          assertEquals(
              topology.index(l, row, column) - 3,
              raw.blocks()[layout.block(l, row, column)][layout.position(l, row, column)]);
        }
      }
    }
  }
}
