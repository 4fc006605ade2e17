package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {

  private static Topology topology(String widths) {
    return Topology.parse(widths, Activation.SIGMOID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1-1", "2-2-1", "2-16-1", "2-20-1", "20-20-20", "3-17-5-16-2", "2-15-16-15-1"})
  void everyParameterHasASlotOfItsOwnAndNoSlotIsLeftOver(String widths) {
    Topology topology = topology(widths);
    Layout layout = new Layout(topology);
    boolean[][] taken = new boolean[layout.blocks()][];
    for (int l = 0; l < topology.layers(); l++) {
      for (int b = layout.firstBlock(l); b < layout.firstBlock(l + 1); b++) {
        taken[b] = new boolean[layout.blockLength(l)];
      }
    }
    int slots = 0;
    for (boolean[] block : taken) {
      slots += block.length;
    }
    assertEquals(topology.parameterCount(), slots);
    for (int l = 0; l < topology.layers(); l++) {
      for (int row = 0; row <= topology.fanIn(l); row++) {
        for (int column = 0; column < topology.fanOut(l); column++) {
          int b = layout.block(l, row, column);
          int k = layout.position(l, row, column);
          assertTrue(b >= layout.firstBlock(l) && b < layout.firstBlock(l + 1));
          assertFalse(taken[b][k], "slot taken twice");
          taken[b][k] = true;
        }
      }
    }
  }

  @Test
  void layersAreWideFromSixteenNeuronsOn() {
    Layout layout = new Layout(topology("2-15-16-17-1"));
    assertFalse(layout.isWide(0));
    assertTrue(layout.isWide(1));
    assertTrue(layout.isWide(2));
    assertFalse(layout.isWide(3));
  }

  @Test
  void narrowLayerIsOneBlockPerNeuronWithTheBiasLast() {
    Layout layout = new Layout(topology("3-16-2"));
    assertEquals(4, layout.firstBlock(1));
    assertEquals(6, layout.blocks());
    assertEquals(17, layout.blockLength(1));
    assertEquals(4, layout.block(1, 0, 0));
    assertEquals(4, layout.block(1, 16, 0));
    assertEquals(5, layout.block(1, 0, 1));
    assertEquals(0, layout.position(1, 0, 0));
    assertEquals(16, layout.position(1, 16, 0));
    assertEquals(0, layout.position(1, 0, 1));
    assertEquals(16, layout.position(1, 16, 1));
  }

  @Test
  void wideLayerIsOneBlockPerInputAndOneOfBiases() {
    Layout layout = new Layout(topology("3-16-2"));
    assertEquals(0, layout.firstBlock(0));
    assertEquals(16, layout.blockLength(0));
    assertEquals(0, layout.block(0, 0, 5));
    assertEquals(2, layout.block(0, 2, 5));
    assertEquals(3, layout.block(0, 3, 5));
    assertEquals(0, layout.position(0, 0, 0));
    assertEquals(7, layout.position(0, 2, 7));
    assertEquals(15, layout.position(0, 3, 15));
  }

  @Test
  void byNeuronEveryLayerIsNarrow() {
    Layout layout = Layout.byNeuron(topology("3-16-2"));
    assertFalse(layout.isWide(0));
    assertEquals(18, layout.blocks());
    assertEquals(4, layout.blockLength(0));
  }
}
