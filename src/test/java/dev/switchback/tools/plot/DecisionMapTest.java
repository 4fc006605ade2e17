package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import org.junit.jupiter.api.Test;

class DecisionMapTest {
  private static final float EXACT_ENOUGH = 1e-6f;

  @Test
  void columnsAreSwitchAAndRowsAreSwitchB() {
    DecisionMap map = DecisionMap.of(new PlaneModel(0, 10, 1), 5);

    assertEquals(-5.5f, map.output(0, 0), EXACT_ENOUGH);
    assertEquals(15f - 0.5f, map.output(4, 0), EXACT_ENOUGH);
    assertEquals(-5f + 1.5f, map.output(0, 4), EXACT_ENOUGH);
    assertEquals(5f + 0.5f, map.output(2, 2), EXACT_ENOUGH);
  }

  @Test
  void betweenGridPointsTheOutputIsInterpolated() {
    DecisionMap map = DecisionMap.of(new PlaneModel(0.25f, 10, 1), 2);

    assertEquals(0.25f, map.outputAt(0, 0), EXACT_ENOUGH);
    assertEquals(11.25f, map.outputAt(1, 1), EXACT_ENOUGH);
    assertEquals(0.25f + 3 + 0.9f, map.outputAt(0.3f, 0.9f), EXACT_ENOUGH);
  }

  @Test
  void beyondTheBorderTheOutputIsThatOfTheBorder() {
    DecisionMap map = DecisionMap.of(new PlaneModel(0, 10, 1), 9);

    assertEquals(map.outputAt(1.5f, -0.5f), map.outputAt(7f, -7f));
  }

  @Test
  void otherSwitchesAreOpenUnlessGiven() {
    PlaneModel model = new PlaneModel(0, 0, 0, 100, 1000);

    assertEquals(0f, DecisionMap.of(model, 2).output(0, 0));
    assertEquals(1000f, DecisionMap.of(model, 2, 0b01, 0).output(0, 0));
    assertEquals(100f, DecisionMap.of(model, 2, 0b10, 0).output(0, 0));
  }

  @Test
  void eachLedHasItsMap() {
    Topology topology = Topology.parse("1-2", Activation.LINEAR);
    Model model = Engine.FLOAT.model(Parameters.of(topology, 1f, 3f, 0f, 10f));

    assertEquals(1f, DecisionMap.of(model, 2, 0, 0).outputAt(1, 0));
    assertEquals(13f, DecisionMap.of(model, 2, 0, 1).outputAt(1, 0));
  }

  @Test
  void withOneSwitchEveryRowIsTheSame() {
    DecisionMap map = DecisionMap.of(new PlaneModel(0, 2), 3);

    assertEquals(3f, map.output(2, 0));
    assertEquals(3f, map.output(2, 2));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    PlaneModel model = new PlaneModel(0, 1, 1);

    assertThrows(IllegalArgumentException.class, () -> DecisionMap.of(model, 1));
    assertThrows(IllegalArgumentException.class, () -> DecisionMap.of(model, 2, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> DecisionMap.of(model, 2, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> DecisionMap.of(model, 2, 0, -1));
  }
}
