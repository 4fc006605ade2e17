package dev.switchback.core.fixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.jvm.Specialisation;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.LayerPlan;
import dev.switchback.core.nn.Layout;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Topology;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FixedDenseLayerTest {
  /** Large enough for the copies of all shapes in this test. */
  private static final Specialisation COPIES = new Specialisation(10_000);

  /** The loops of layer 1 in a network of two layers, so that its blocks do not begin at 0. */
  record Shape(boolean copied, int fanIn, int fanOut) {
    static final int FIRST_BLOCK = 3;

    /** The original class for every shape, or its copy if there is one. */
    FixedLayer layer() {
      LayerPlan<FixedLayer> plan =
          new LayerPlan<>(1, fanIn, fanOut, false, FIRST_BLOCK, Activation.LINEAR, null);
      return copied
          ? FixedDenseLayer.of(plan, COPIES)
          : new FixedDenseLayer(new FixedDenseLayer.Constants(plan));
    }

    /** A workspace for the previous layer and this one. */
    FixedWorkspace workspace() {
      return new FixedWorkspace(Topology.parse("1-" + fanIn + "-" + fanOut, Activation.LINEAR));
    }

    long[][] longBlocks(long[][] rows) {
      long[][] blocks = new long[FIRST_BLOCK + fanOut][fanIn + 1];
      for (int i = 0; i <= fanIn; i++) {
        for (int j = 0; j < fanOut; j++) {
          blocks[FIRST_BLOCK + j][i] = rows[i][j];
        }
      }
      return blocks;
    }

    int[][] blocks(int[][] rows) {
      long[][] longs = new long[rows.length][];
      for (int i = 0; i < rows.length; i++) {
        longs[i] = java.util.Arrays.stream(rows[i]).asLongStream().toArray();
      }
      long[][] blocks = longBlocks(longs);
      int[][] ints = new int[blocks.length][];
      for (int b = 0; b < blocks.length; b++) {
        ints[b] = java.util.Arrays.stream(blocks[b]).mapToInt(Math::toIntExact).toArray();
      }
      return ints;
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

  /** Small and large values, including both limits, so that some sums saturate and some do not. */
  private static int[] drawn(SplitMix random, int length) {
    int[] values = drawnValues(random, length);
    java.util.Arrays.setAll(values, k -> QFormat.saturate(values[k]));
    return values;
  }

  private static int[] drawnValues(SplitMix random, int length) {
    int[] values = new int[length];
    for (int k = 0; k < length; k++) {
      long bits = random.nextLong();
      int size = (int) (bits & 31);
      values[k] =
          size == 31
              ? (bits < 0 ? QFormat.MIN_VALUE : QFormat.MAX_VALUE)
              : QFormat.saturateValue((bits >> 5) >> (63 - 5 - Math.min(size, 29)));
    }
    return values;
  }

  private static int[][] drawnRows(SplitMix random, Shape shape) {
    int[][] rows = new int[shape.fanIn + 1][];
    for (int i = 0; i <= shape.fanIn; i++) {
      rows[i] = drawn(random, shape.fanOut);
    }
    return rows;
  }

  /** Rounds half up from {@code 2n} fraction bits and saturates. */
  private static int rounded(BigInteger sum, int min, int max) {
    BigInteger half = BigInteger.ONE.shiftLeft(QFormat.FRACTION_BITS - 1);
    BigInteger raw = sum.add(half).shiftRight(QFormat.FRACTION_BITS);
    return raw.min(BigInteger.valueOf(max)).max(BigInteger.valueOf(min)).intValueExact();
  }

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void sumsAreExactSumsRoundedOnce(Shape shape) {
    SplitMix random = new SplitMix(1);
    int[][] rows = drawnRows(random, shape);
    int[] in = drawnValues(random, shape.fanIn);
    int[] expected = new int[shape.fanOut];
    for (int j = 0; j < shape.fanOut; j++) {
      BigInteger sum = product(rows[shape.fanIn][j], QFormat.ONE);
      for (int i = 0; i < shape.fanIn; i++) {
        sum = sum.add(product(in[i], rows[i][j]));
      }
      expected[j] = rounded(sum, QFormat.MIN_VALUE, QFormat.MAX_VALUE);
    }
    int[] out = drawn(random, shape.fanOut);
    shape.layer().infer(shape.blocks(rows), in, out, shape.workspace());
    assertArrayEquals(expected, out);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void backpropagationIsExactSumsRoundedOnce(Shape shape) {
    SplitMix random = new SplitMix(2);
    int[][] rows = drawnRows(random, shape);
    int[] deltas = drawn(random, shape.fanOut);
    int[] expected = new int[shape.fanIn];
    for (int i = 0; i < shape.fanIn; i++) {
      BigInteger sum = BigInteger.ZERO;
      for (int j = 0; j < shape.fanOut; j++) {
        sum = sum.add(product(rows[i][j], deltas[j]));
      }
      expected[i] = rounded(sum, QFormat.MIN, QFormat.MAX);
    }
    int[] inDeltas = drawn(random, shape.fanIn);
    shape.layer().backpropagate(shape.blocks(rows), deltas, inDeltas, shape.workspace().sums);
    assertArrayEquals(expected, inDeltas);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void accumulationAddsExactProducts(Shape shape) {
    SplitMix random = new SplitMix(3);
    long[][] rows = new long[shape.fanIn + 1][shape.fanOut];
    for (long[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextLong() >> 8;
      }
    }
    long[][] gradient = shape.longBlocks(rows);
    int[] in = drawn(random, shape.fanIn);
    int[] deltas = drawn(random, shape.fanOut);
    for (int j = 0; j < shape.fanOut; j++) {
      for (int i = 0; i < shape.fanIn; i++) {
        rows[i][j] += product(in[i], deltas[j]).longValueExact();
      }
      rows[shape.fanIn][j] += product(QFormat.ONE, deltas[j]).longValueExact();
    }
    FixedWorkspace workspace = shape.workspace();
    workspace.activations[1] = in;
    workspace.deltas[1] = deltas;
    shape.layer().accumulate(gradient, workspace);
    assertArrayEquals(shape.longBlocks(rows), gradient);
  }

  @Test
  void sumsOfTheWidestLayerDoNotOverflow() {
    int fanIn = Topology.MAX_WIDTH;
    Topology topology = new Topology(new int[] {fanIn, 1}, Activation.LINEAR);
    int[] in = new int[fanIn];
    int[] weights = new int[fanIn + 1];
    java.util.Arrays.fill(in, QFormat.MIN_VALUE);
    java.util.Arrays.fill(weights, QFormat.MIN);
    int[] out = new int[1];
    FixedLayer layer =
        LayerPlan.chain(
            topology, Layout.byNeuron(topology), plan -> FixedDenseLayer.of(plan, COPIES));
    FixedWorkspace workspace = new FixedWorkspace(topology);
    layer.infer(new int[][] {weights}, in, out, workspace);
    assertEquals(QFormat.MAX_VALUE, out[0]);
    java.util.Arrays.fill(in, QFormat.MAX_VALUE);
    layer.infer(new int[][] {weights}, in, out, workspace);
    assertEquals(QFormat.MIN_VALUE, out[0]);
  }

  @Test
  void smallLayersAreCopiesWithTheirWidthsAsConstants() {
    assertTrue(new Shape(true, 15, 15).layer().getClass().isHidden());
    assertFalse(new Shape(true, 16, 15).layer().getClass().isHidden());
  }
}
