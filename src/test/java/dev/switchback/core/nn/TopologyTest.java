package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {

  private static void assertRefused(String message, Executable making) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, making).getMessage());
  }

  @Test
  void shapeIsWhatWasAskedFor() {
    Topology topology = new Topology(new int[] {3, 5, 2}, Activation.TANH, Activation.SOFTMAX);
    assertEquals(2, topology.layers());
    assertEquals(3, topology.inputs());
    assertEquals(2, topology.outputs());
    assertEquals(3, topology.width(0));
    assertEquals(5, topology.width(1));
    assertEquals(2, topology.width(2));
    assertEquals(3, topology.fanIn(0));
    assertEquals(5, topology.fanOut(0));
    assertEquals(5, topology.fanIn(1));
    assertEquals(2, topology.fanOut(1));
    assertEquals(Activation.TANH, topology.activation(0));
    assertEquals(Activation.SOFTMAX, topology.activation(1));
    assertEquals(0, topology.offset(0));
    assertEquals(20, topology.offset(1));
    assertEquals(32, topology.offset(2));
    assertEquals(32, topology.parameterCount());
    assertEquals("3-5-2", topology.toString());
    assertEquals("tanh,softmax", topology.activationLabels());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1-1", "2-2-1", "2-3-1", "2-8-2", "3-1-4-1-5", "2-20-1", "17-16-15"})
  void documentedIndexCountsThroughAllParametersOnce(String widths) {
    Topology topology = Topology.parse(widths, Activation.SIGMOID);
    int expected = 0;
    for (int l = 0; l < topology.layers(); l++) {
      assertEquals(expected, topology.offset(l));
      for (int row = 0; row <= topology.fanIn(l); row++) {
        for (int column = 0; column < topology.fanOut(l); column++) {
          assertEquals(expected++, topology.index(l, row, column));
        }
      }
    }
    assertEquals(expected, topology.offset(topology.layers()));
    assertEquals(expected, topology.parameterCount());
  }

  @Test
  void arraysGivenAreCopied() {
    int[] widths = {2, 2, 1};
    Activation[] activations = {Activation.SIGMOID, Activation.SIGMOID};
    Topology topology = new Topology(widths, activations);
    widths[1] = 7;
    activations[0] = Activation.RELU;
    assertEquals("2-2-1", topology.toString());
    assertEquals("sigmoid,sigmoid", topology.activationLabels());
  }

  @Test
  void parseTakesOneActivationForAllOrOneEach() {
    assertEquals(
        new Topology(new int[] {2, 3, 1}, Activation.TANH, Activation.TANH),
        Topology.parse("2-3-1", Activation.TANH));
    assertEquals(
        new Topology(new int[] {2, 3, 1}, Activation.TANH, Activation.SIGMOID),
        Topology.parse("2-3-1", Activation.TANH, Activation.SIGMOID));
    assertEquals(
        new Topology(new int[] {2, 1}, Activation.TANH), Topology.parse("2-1", Activation.TANH));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "2-", "-1", "2--1", "2-x-1", "2 - 2 - 1", "2,2,1", "99999999999"})
  void parseRefusesWhatIsNotWidths(String text) {
    assertRefused(
        "topology '" + text + "' is not widths joined by '-', such as 2-2-1",
        () -> Topology.parse(text, Activation.SIGMOID));
  }

  @Test
  void widthsOutOfRangeAreRefused() {
    assertRefused(
        "a layer width is 1 to 4096, not 0", () -> Topology.parse("0-1", Activation.LINEAR));
    assertRefused(
        "a layer width is 1 to 4096, not 0", () -> Topology.parse("2-0-1", Activation.LINEAR));
    assertRefused(
        "a layer width is 1 to 4096, not 4097", () -> Topology.parse("4097-1", Activation.LINEAR));
    assertRefused(
        "a layer width is 1 to 4096, not 4097", () -> Topology.parse("1-4097", Activation.LINEAR));
    assertEquals(4096 * 4097, Topology.parse("4096-4096", Activation.LINEAR).parameterCount());
  }

  @Test
  void layerCountsOutOfRangeAreRefused() {
    assertRefused(
        "a topology has 1 to 16 dense layers, not 0", () -> Topology.parse("2", Activation.LINEAR));
    assertRefused("a topology has 1 to 16 dense layers, not -1", () -> new Topology(new int[0]));
    int[] eighteen = new int[18];
    Arrays.fill(eighteen, 1);
    assertRefused(
        "a topology has 1 to 16 dense layers, not 17",
        () -> new Topology(eighteen, Activation.LINEAR));
    int[] most = new int[17];
    Arrays.fill(most, 4096);
    Activation[] linear = new Activation[16];
    Arrays.fill(linear, Activation.LINEAR);
    assertEquals(16 * 4096 * 4097, new Topology(most, linear).parameterCount());
  }

  @Test
  void activationsMustBeAsManyAsLayers() {
    assertRefused(
        "3 dense layers need 3 activations, not 2",
        () -> Topology.parse("2-2-2-1", Activation.TANH, Activation.TANH));
    assertRefused("1 dense layers need 1 activations, not 0", () -> Topology.parse("2-1"));
  }

  @Test
  void softmaxBelongsToTheOutputsOnly() {
    String message = "softmax belongs to an output layer of two or more neurons";
    assertRefused(message, () -> Topology.parse("2-1", Activation.SOFTMAX));
    assertRefused(message, () -> Topology.parse("2-2-2", Activation.SOFTMAX, Activation.SIGMOID));
    assertRefused(message, () -> Topology.parse("2-2-2", Activation.SOFTMAX));
    assertEquals(
        Activation.SOFTMAX,
        Topology.parse("2-2-2", Activation.RELU, Activation.SOFTMAX).activation(1));
  }

  @Test
  void equalMeansSameWidthsAndActivations() {
    Topology topology = Topology.parse("2-2-1", Activation.SIGMOID);
    Topology same = Topology.parse("2-2-1", Activation.SIGMOID, Activation.SIGMOID);
    assertEquals(topology, same);
    assertEquals(topology.hashCode(), same.hashCode());
    assertNotEquals(topology, Topology.parse("2-3-1", Activation.SIGMOID));
    assertNotEquals(topology, Topology.parse("2-2-1", Activation.TANH, Activation.SIGMOID));
    assertNotEquals(
        topology.hashCode(),
        Topology.parse("2-2-1", Activation.TANH, Activation.SIGMOID).hashCode());
    assertNotEquals(topology.hashCode(), Topology.parse("2-3-1", Activation.SIGMOID).hashCode());
    assertTrue(!topology.equals((Object) "2-2-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+2-2-1", "2--1", "2- 2-1", "\u0662-2-1", "", "-", "2-2-", "9999999999-1"})
  void onlyPlainDigitsAreWidths(String text) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> Topology.parse(text, Activation.SIGMOID));
    assertEquals(
        "topology '" + text + "' is not widths joined by '-', such as 2-2-1", refused.getMessage());
  }
}
