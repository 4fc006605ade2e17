package dev.switchback.tools.foreign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.fixed.FixedModel;
import dev.switchback.core.fixed.FunctionTable;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a C header holds and computes, without a compiler. */
class CModelTest {
  private static Topology topology(String widths, String activations) {
    return Topology.parse(
        widths,
        List.of(activations.split(",", -1)).stream()
            .map(Activation::of)
            .toArray(Activation[]::new));
  }

  private static Parameters random(Topology topology, float range) {
    SplitMix stream = new SplitMix(3);
    float[] values = new float[topology.parameterCount()];
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) stream.nextGaussian() * range;
    }
    return Parameters.of(topology, values);
  }

  private static CModel whole(Parameters network) {
    return new CModel(network, CStyle.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "2-5-3, 'tanh,sigmoid', 20",
    "2-4-4-2, 'relu,linear,softmax', 9",
    "3-7, softmax, 90",
    "1-2-1, 'relu,relu', 120"
  })
  void withWholeTablesItIsTheFixedEngine(String widths, String activations, float range) {
    Topology topology = topology(widths, activations);
    Parameters network = random(topology, range);
    FixedModel engine = new FixedModel(network);
    CModel model = whole(network);
    SplitMix stream = new SplitMix(4);
    int[] expected = new int[topology.outputs()];
    int[] found = new int[topology.outputs()];
    int[] inputs = new int[topology.inputs()];
    for (int n = 0; n < 5000; n++) {
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = QFormat.quantizeValue((float) (stream.nextGaussian() * (n % 2 == 0 ? 1 : 500)));
      }
      engine.inferRaw(inputs, expected);
      model.infer(inputs, found);
      assertArrayEquals(expected, found);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGMOID", "TANH", "SOFTMAX"})
  void halfATableHoldsAllOfIt(Activation activation) {
    FunctionTable engine =
        switch (activation) {
          case SIGMOID -> FunctionTable.sigmoid();
          case TANH -> FunctionTable.tanh();
          default -> FunctionTable.decay();
        };
    int[] entries = engine.entries();
    for (int steps = 16; steps <= 2048; steps *= 2) {
      CTable table = CTable.of(activation, steps);
      assertNotNull(table);
      int[] half = table.half();
      assertEquals(steps / 2 + 1, half.length);
      int every = 2048 / steps;
      for (int k = 0; k < half.length; k++) {
        assertEquals(entries[1024 - k * every], table.total() - half[k]);
        if (activation != Activation.SOFTMAX) {
          assertEquals(entries[1024 + k * every], half[k]);
        }
      }
      assertTrue(half[half.length - 1] > half[0] && half[half.length - 1] < 1 << 24);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGMOID", "TANH", "SOFTMAX"})
  void errorsGrowWithTheSquareOfAStep(Activation activation) {
    double before = 0;
    for (int steps = 2048; steps >= 128; steps /= 2) {
      CTable table = CTable.of(activation, steps);
      assertNotNull(table);
      double error = table.errorToExact();
      double toEngine = table.errorToEngine();
      assertTrue(
          steps == 2048 ? toEngine == 0 : toEngine > 0 && toEngine < error + 1.5e-5,
          steps + " " + error + " " + toEngine);
      assertTrue(
          before == 0 || (error > 1.7 * before && error < 4.3 * before), steps + " " + error);
      before = error;
    }
  }

  @Test
  void anErrorIsNeverRoundedDown() {
    assertEquals("1.1e-5", CModel.error(1.01e-5));
    assertEquals("5.0e-1", CModel.error(0.5));
    assertEquals("2.0e-4", CModel.error(1.991e-4));
    assertEquals("2.1e-1", CModel.error(0.2001));
  }

  @ParameterizedTest
  @CsvSource({
    "1-1, linear, '1,0', 2047.99998",
    "1-1, linear, '2,0', 1023.99998",
    "1-1, linear, '2,100', 973.99998",
    "1-1, linear, '2,-100', 974",
    "1-1, sigmoid, '128,128', 2047.99998",
    "1-1, tanh, '128,128', 2047.99998",
    "1-1-1, 'sigmoid,linear', '128,0,100,100', 2047.99998",
    "1-1-1, 'relu,linear', '10,-100,100,0', 12.04798",
    "1-1-1, 'relu,linear', '-10,0,100,0', 2.04798",
    "2-1, linear, '100,-100,0', 10.23999",
    "1-2, softmax, '100,-50,0,0', 20.47999"
  })
  void theLimitIsTheLargestInputThatCutsNothing(
      String widths, String activations, String values, String limit) {
    Topology topology = topology(widths, activations);
    String[] numbers = values.split(",", -1);
    float[] parameters = new float[numbers.length];
    for (int k = 0; k < numbers.length; k++) {
      parameters[k] = Float.parseFloat(numbers[k]);
    }
    CModel model = whole(Parameters.of(topology, parameters));
    assertEquals(limit, CModel.shown(model.inputLimit()));
    int raw = model.limit().raw();
    int[] outputs = new int[topology.outputs()];
    boolean isCutBeyond = false;
    for (int signs = 0; signs < 1 << topology.inputs(); signs++) {
      assertEquals(false, model.infer(corner(topology, signs, raw), outputs));
      isCutBeyond |= model.infer(corner(topology, signs, raw + 2), outputs);
    }
    assertTrue(isCutBeyond);
  }

  private static int[] corner(Topology topology, int signs, int raw) {
    int[] inputs = new int[topology.inputs()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (signs >> i & 1) == 0 ? raw : -raw;
    }
    return inputs;
  }

  @Test
  void withinTheLimitNothingIsEverCut() {
    for (String activations :
        List.of("relu,linear,relu", "relu,relu,linear", "linear,linear,linear")) {
      Topology topology = topology("3-6-5-2", activations);
      CModel model = whole(random(topology, 2));
      int raw = model.limit().raw();
      assertTrue(raw > 0 && raw < QFormat.MAX_VALUE);
      SplitMix stream = new SplitMix(5);
      int[] outputs = new int[2];
      int[] inputs = new int[3];
      for (int n = 0; n < 5000; n++) {
        for (int i = 0; i < inputs.length; i++) {
          inputs[i] =
              n < 8 ? ((n >> i & 1) == 0 ? raw : -raw) : (int) (stream.nextLong() % (raw + 1L));
        }
        assertEquals(false, model.infer(inputs, outputs));
      }
    }
  }

  @Test
  void aNetworkMayHaveNoSafeInput() {
    Parameters network = Parameters.of(topology("1-1-1", "linear,linear"), 1f, 100f, 100f, 0f);
    CModel model = whole(network);
    assertEquals(-1, model.limit().raw());
    assertEquals(
        "inputs from 0 to 1 can give layer 2 (linear) a sum beyond 2048, the limit of fixed point;"
            + " so can any others",
        model.failure(InputRange.OF_SWITCHES));
    assertEquals(CModel.CUT, model.predict(new int[] {0}));
    String text = CHeader.of(model, null);
    assertTrue(text.contains("   No input is safe: "), text);
    assertTrue(text.contains("     0  -1\n     1  -1\n"), text);
  }

  @Test
  void everyFailureIsTold() {
    Parameters network = Parameters.of(topology("1-1", "sigmoid"), 128f, -128f);
    assertEquals(
        "1 weight is beyond -128 to 128, which is the range of Q7.16; inputs from -3000 to 0.5"
            + " reach beyond -2048 to 2048, the range of values in fixed point",
        whole(network).failure(new InputRange(-3000, 0.5)));
    network.set(0, 0, 0, 1f);
    assertNull(whole(network).failure(new InputRange(-2047.9, 0.5)));
  }

  @Test
  void sizesCountWeightsTablesAndBuffers() {
    CModel linear = whole(new Parameters(topology("3-5", "linear")));
    assertEquals(4 * 20, linear.flashBytes());
    assertEquals(4 * (3 + 5), linear.ramBytes());
    assertEquals(0, linear.tableError());
    CModel deep =
        new CModel(
            new Parameters(topology("2-9-4-3-2", "tanh,tanh,relu,softmax")),
            CStyle.DEFAULT.withTableSteps(64));
    assertEquals(4 * (27 + 40 + 15 + 8 + 2 * 33), deep.flashBytes());
    assertEquals(4 * (4 + 9 + 2), deep.ramBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"xor", "a", "door_2", "myNet", "a2_b3_C4", "int_net", "signal", "times"})
  void aPrefixIsANameInC(String prefix) {
    assertEquals(prefix, CStyle.DEFAULT.withPrefix(prefix).prefix());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Xor",
        "_xor",
        "2nd",
        "a__b",
        "a_",
        "a-b",
        "ä",
        "a b",
        "int32",
        "uint_fast8",
        "intmax",
        "size",
        "sig",
        "fe",
        "fp",
        "lc",
        "atomic",
        "pgm",
        "time",
        "xor\n",
        "a2345678901234567890123456789012345678901"
      })
  void otherPrefixesAreRefused(String prefix) {
    assertThrows(IllegalArgumentException.class, () -> CStyle.DEFAULT.withPrefix(prefix));
  }

  @ParameterizedTest
  @ValueSource(ints = {-16, 0, 1, 8, 24, 2047, 4096})
  void tablesHaveAPowerOfTwoSteps(int steps) {
    assertThrows(IllegalArgumentException.class, () -> CStyle.DEFAULT.withTableSteps(steps));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1,0", "0,nan", "0,1e999", "0,1,2", "a,b", ",1"})
  void otherRangesAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> InputRange.parse(text));
  }
}
