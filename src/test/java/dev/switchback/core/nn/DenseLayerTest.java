package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.jvm.Specialisation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DenseLayerTest {
  /** Large enough for the copies of all shapes in this test. */
  private static final Specialisation COPIES = new Specialisation(10_000);

  /** The loops of layer 1 in a network of two layers, so that its blocks do not begin at 0. */
  record Shape(boolean wide, boolean copied, int fanIn, int fanOut) {
    static final int FIRST_BLOCK = 3;

    LayerPlan<Layer> plan() {
      return new LayerPlan<>(1, fanIn, fanOut, wide, FIRST_BLOCK, Activation.LINEAR, null);
    }

    /** The original class for every shape, or its copy if there is one. */
    Layer layer() {
      return copied
          ? DenseLayer.of(plan(), COPIES)
          : new DenseLayer(new DenseLayer.Constants(plan()));
    }

    float[][] blocks(float[][] rows) {
      float[][] blocks = new float[FIRST_BLOCK + (wide ? fanIn + 1 : fanOut)][];
      for (int b = FIRST_BLOCK; b < blocks.length; b++) {
        blocks[b] = new float[wide ? fanOut : fanIn + 1];
      }
      for (int i = 0; i <= fanIn; i++) {
        for (int j = 0; j < fanOut; j++) {
          blocks[FIRST_BLOCK + (wide ? i : j)][wide ? j : i] = rows[i][j];
        }
      }
      return blocks;
    }

    /** A workspace for the previous layer and this one. */
    Workspace workspace() {
      return new Workspace(Topology.parse("1-" + fanIn + "-" + fanOut, Activation.LINEAR));
    }
  }

  static List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (int fanIn = 1; fanIn <= 13; fanIn++) {
      for (int fanOut = 1; fanOut <= 20; fanOut++) {
        shapes.add(new Shape(false, false, fanIn, fanOut));
        shapes.add(new Shape(false, true, fanIn, fanOut));
        shapes.add(new Shape(true, false, fanIn, fanOut));
      }
    }
    return shapes;
  }

  private static float[] drawn(SplitMix random, int length) {
    float[] values = new float[length];
    for (int k = 0; k < length; k++) {
      values[k] = (float) (random.nextGaussian() * StrictMath.exp(3.0 * random.nextGaussian()));
    }
    return values;
  }

  private static float[][] drawnRows(SplitMix random, Shape shape) {
    float[][] rows = new float[shape.fanIn + 1][];
    for (int i = 0; i <= shape.fanIn; i++) {
      rows[i] = drawn(random, shape.fanOut);
    }
    return rows;
  }

  private static void assertSameBits(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    for (int k = 0; k < expected.length; k++) {
      assertEquals(Float.floatToRawIntBits(expected[k]), Float.floatToRawIntBits(actual[k]));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void sumsStartFromTheBiasAndAddOneFusedProductPerInput(Shape shape) {
    SplitMix random = new SplitMix(1);
    float[][] rows = drawnRows(random, shape);
    float[] in = drawn(random, shape.fanIn);
    float[] expected = new float[shape.fanOut];
    for (int j = 0; j < shape.fanOut; j++) {
      float sum = rows[shape.fanIn][j];
      for (int i = 0; i < shape.fanIn; i++) {
        sum = Math.fma(in[i], rows[i][j], sum);
      }
      expected[j] = sum;
    }
    float[] out = drawn(random, shape.fanOut);
    shape.layer().infer(shape.blocks(rows), in, out, shape.workspace());
    assertSameBits(expected, out);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void backpropagationAddsOneFusedProductPerNeuron(Shape shape) {
    SplitMix random = new SplitMix(2);
    float[][] rows = drawnRows(random, shape);
    float[] deltas = drawn(random, shape.fanOut);
    float[] expected = new float[shape.fanIn];
    for (int i = 0; i < shape.fanIn; i++) {
      float sum = 0f;
      for (int j = 0; j < shape.fanOut; j++) {
        sum = Math.fma(rows[i][j], deltas[j], sum);
      }
      expected[i] = sum;
    }
    float[] inDeltas = drawn(random, shape.fanIn);
    shape.layer().backpropagate(shape.blocks(rows), deltas, inDeltas);
    assertSameBits(expected, inDeltas);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void accumulationAddsTheOuterProductAndTheDeltas(Shape shape) {
    SplitMix random = new SplitMix(3);
    float[][] rows = drawnRows(random, shape);
    float[][] target = shape.blocks(rows);
    float[] in = drawn(random, shape.fanIn);
    float[] deltas = drawn(random, shape.fanOut);
    for (int j = 0; j < shape.fanOut; j++) {
      for (int i = 0; i < shape.fanIn; i++) {
        rows[i][j] = Math.fma(-0.3f * in[i], deltas[j], rows[i][j]);
      }
      rows[shape.fanIn][j] = Math.fma(-0.3f, deltas[j], rows[shape.fanIn][j]);
    }
    Workspace workspace = shape.workspace();
    workspace.activations[1] = in;
    workspace.deltas[1] = deltas;
    shape.layer().accumulate(target, -0.3f, workspace);
    float[][] expected = shape.blocks(rows);
    for (int b = Shape.FIRST_BLOCK; b < expected.length; b++) {
      assertSameBits(expected[b], target[b]);
    }
  }

  @Test
  void smallLayersAreCopiesWithTheirWidthsAsConstants() {
    assertTrue(new Shape(false, true, 15, 15).layer().getClass().isHidden());
    assertFalse(new Shape(false, true, 16, 15).layer().getClass().isHidden());
    assertFalse(new Shape(true, true, 15, 16).layer().getClass().isHidden());
  }

  @Test
  void productsAreFused() {
    // 1 + 2^-12 squared needs 25 bits: rounding it before the sum would give a difference of 0.
    float x = 1f + 0x1p-12f;
    float rounded = x * x;
    float[] out = new float[1];
    Shape shape = new Shape(false, false, 1, 1);
    float[][] blocks = shape.blocks(new float[][] {{x}, {-rounded}});
    shape.layer().infer(blocks, new float[] {x}, out, shape.workspace());
    assertArrayEquals(new float[] {0x1p-24f}, out);
  }
}
