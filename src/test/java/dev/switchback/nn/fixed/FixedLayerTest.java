package dev.switchback.nn.fixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.switchback.nn.Activation;
import dev.switchback.nn.Layout;
import dev.switchback.nn.SplitMix;
import dev.switchback.nn.Topology;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FixedLayerTest {

  /** A kernel over layer 1 of a net of two layers, so that its blocks do not begin at 0. */
  record Shape(QFormat format, boolean wide, int fanIn, int fanOut) {
    FixedLayer kernel() {
      Topology topology =
          new Topology(new int[] {1, fanIn, fanOut}, Activation.LINEAR, Activation.LINEAR);
      Layout layout = new Layout(topology);
      return wide
          ? new FixedWideLayer(topology, layout, format, 1)
          : new FixedNarrowLayer(topology, layout, format, 1);
    }

    long[][] longBlocks(long[][] rows) {
      int first = kernel().firstBlock;
      long[][] blocks = new long[first + (wide ? fanIn + 1 : 1)][];
      for (int b = 0; b < first; b++) {
        blocks[b] = new long[0];
      }
      for (int i = 0; i <= fanIn; i++) {
        for (int j = 0; j < fanOut; j++) {
          if (wide) {
            blocks[first + i] = rows[i].clone();
          } else {
            blocks[first] = blocks[first] == null ? new long[(fanIn + 1) * fanOut] : blocks[first];
            blocks[first][j * (fanIn + 1) + i] = rows[i][j];
          }
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
    for (QFormat format : new QFormat[] {QFormat.DEVICE, new QFormat(3, 12)}) {
      for (int fanIn = 1; fanIn <= 13; fanIn++) {
        for (int fanOut = 1; fanOut <= 20; fanOut++) {
          shapes.add(new Shape(format, false, fanIn, fanOut));
          shapes.add(new Shape(format, true, fanIn, fanOut));
        }
      }
    }
    return shapes;
  }

  /** Small and large values, the ends among them, so that some sums saturate and some do not. */
  private static int[] drawn(SplitMix random, QFormat format, int length) {
    int[] values = new int[length];
    for (int k = 0; k < length; k++) {
      long bits = random.nextLong();
      int size = (int) (bits & 31);
      values[k] =
          size == 31
              ? (bits < 0 ? -format.max() - 1 : format.max())
              : format.saturate((bits >> 5) >> (63 - 5 - Math.min(size, 25)));
    }
    return values;
  }

  private static int[][] drawnRows(SplitMix random, Shape shape) {
    int[][] rows = new int[shape.fanIn + 1][];
    for (int i = 0; i <= shape.fanIn; i++) {
      rows[i] = drawn(random, shape.format, shape.fanOut);
    }
    return rows;
  }

  /** Half up and saturated, from {@code 2n} fraction bits. */
  private static int rounded(BigInteger sum, QFormat format) {
    BigInteger half = BigInteger.ONE.shiftLeft(format.fractionBits() - 1);
    BigInteger raw = sum.add(half).shiftRight(format.fractionBits());
    return raw.min(BigInteger.valueOf(format.max()))
        .max(BigInteger.valueOf(-format.max() - 1))
        .intValueExact();
  }

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void preActivationsAreExactSumsRoundedOnce(Shape shape) {
    SplitMix random = new SplitMix(1);
    int[][] rows = drawnRows(random, shape);
    int[] in = drawn(random, shape.format, shape.fanIn);
    int[] expected = new int[shape.fanOut];
    for (int j = 0; j < shape.fanOut; j++) {
      BigInteger sum = product(rows[shape.fanIn][j], shape.format.one());
      for (int i = 0; i < shape.fanIn; i++) {
        sum = sum.add(product(in[i], rows[i][j]));
      }
      expected[j] = rounded(sum, shape.format);
    }
    int[] out = drawn(random, shape.format, shape.fanOut);
    shape.kernel().preActivations(shape.blocks(rows), in, out);
    assertArrayEquals(expected, out);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void backpropagationIsExactSumsRoundedOnce(Shape shape) {
    SplitMix random = new SplitMix(2);
    int[][] rows = drawnRows(random, shape);
    int[] deltas = drawn(random, shape.format, shape.fanOut);
    int[] expected = new int[shape.fanIn];
    for (int i = 0; i < shape.fanIn; i++) {
      BigInteger sum = BigInteger.ZERO;
      for (int j = 0; j < shape.fanOut; j++) {
        sum = sum.add(product(rows[i][j], deltas[j]));
      }
      expected[i] = rounded(sum, shape.format);
    }
    int[] inDeltas = drawn(random, shape.format, shape.fanIn);
    shape.kernel().backpropagate(shape.blocks(rows), deltas, inDeltas);
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
    int[] in = drawn(random, shape.format, shape.fanIn);
    int[] deltas = drawn(random, shape.format, shape.fanOut);
    for (int j = 0; j < shape.fanOut; j++) {
      for (int i = 0; i < shape.fanIn; i++) {
        rows[i][j] += product(in[i], deltas[j]).longValueExact();
      }
      rows[shape.fanIn][j] += product(shape.format.one(), deltas[j]).longValueExact();
    }
    shape.kernel().accumulate(gradient, in, deltas);
    assertArrayEquals(shape.longBlocks(rows), gradient);
  }

  @Test
  void sumsOfTheWidestLayerDoNotOverflow() {
    int fanIn = Topology.MAX_WIDTH;
    QFormat format = QFormat.DEVICE;
    Topology topology = new Topology(new int[] {fanIn, 1}, Activation.LINEAR);
    int[] in = new int[fanIn];
    int[] weights = new int[fanIn + 1];
    java.util.Arrays.fill(in, -format.max() - 1);
    java.util.Arrays.fill(weights, -format.max() - 1);
    int[] out = new int[1];
    FixedLayer kernel = FixedLayer.of(topology, new Layout(topology), format, 0);
    kernel.preActivations(new int[][] {weights}, in, out);
    assertEquals(format.max(), out[0]);
    java.util.Arrays.fill(in, format.max());
    kernel.preActivations(new int[][] {weights}, in, out);
    assertEquals(-format.max() - 1, out[0]);
  }

  @Test
  void kernelFollowsTheLayout() {
    Topology topology = Topology.parse("2-15-16-1", Activation.LINEAR);
    Layout layout = new Layout(topology);
    QFormat format = QFormat.DEVICE;
    assertInstanceOf(FixedNarrowLayer.class, FixedLayer.of(topology, layout, format, 0));
    assertInstanceOf(FixedWideLayer.class, FixedLayer.of(topology, layout, format, 1));
    assertInstanceOf(FixedNarrowLayer.class, FixedLayer.of(topology, layout, format, 2));
  }
}
