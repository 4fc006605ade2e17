package dev.switchback.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DenseLayerTest {

  /** A kernel over layer 1 of a net of two layers, so that its blocks do not begin at 0. */
  record Shape(boolean wide, int fanIn, int fanOut) {
    DenseLayer kernel() {
      Topology topology =
          new Topology(new int[] {1, fanIn, fanOut}, Activation.LINEAR, Activation.LINEAR);
      Layout layout = new Layout(topology);
      return wide ? new WideLayer(topology, layout, 1) : new NarrowLayer(topology, layout, 1);
    }

    float[][] blocks(float[][] rows) {
      int first = kernel().firstBlock;
      float[][] blocks = new float[first + (wide ? fanIn + 1 : 1)][];
      if (wide) {
        for (int i = 0; i <= fanIn; i++) {
          blocks[first + i] = rows[i].clone();
        }
      } else {
        blocks[first] = new float[(fanIn + 1) * fanOut];
        for (int i = 0; i <= fanIn; i++) {
          for (int j = 0; j < fanOut; j++) {
            blocks[first][j * (fanIn + 1) + i] = rows[i][j];
          }
        }
      }
      return blocks;
    }
  }

  static List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (int fanIn = 1; fanIn <= 13; fanIn++) {
      for (int fanOut = 1; fanOut <= 20; fanOut++) {
        shapes.add(new Shape(false, fanIn, fanOut));
        shapes.add(new Shape(true, fanIn, fanOut));
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
  void preActivationsStartFromTheBiasAndAddOneFusedProductPerInput(Shape shape) {
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
    shape.kernel().preActivations(shape.blocks(rows), in, out);
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
    shape.kernel().backpropagate(shape.blocks(rows), deltas, inDeltas);
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
        rows[i][j] = Math.fma(in[i], deltas[j], rows[i][j]);
      }
      rows[shape.fanIn][j] += deltas[j];
    }
    shape.kernel().accumulate(target, in, deltas);
    float[][] expected = shape.blocks(rows);
    for (int b = shape.kernel().firstBlock; b < expected.length; b++) {
      assertSameBits(expected[b], target[b]);
    }
  }

  @Test
  void kernelFollowsTheLayout() {
    Topology topology = Topology.parse("2-15-16-1", Activation.LINEAR);
    Layout layout = new Layout(topology);
    assertInstanceOf(NarrowLayer.class, DenseLayer.of(topology, layout, 0));
    assertInstanceOf(WideLayer.class, DenseLayer.of(topology, layout, 1));
    assertInstanceOf(NarrowLayer.class, DenseLayer.of(topology, layout, 2));
  }

  @Test
  void productsAreFused() {
    // 1 + 2^-12 squared needs 25 bits: rounded before the sum, the difference would be 0.
    float x = 1f + 0x1p-12f;
    float rounded = x * x;
    float[] out = new float[1];
    Shape shape = new Shape(false, 1, 1);
    shape
        .kernel()
        .preActivations(shape.blocks(new float[][] {{x}, {-rounded}}), new float[] {x}, out);
    assertArrayEquals(new float[] {0x1p-24f}, out);
  }
}
