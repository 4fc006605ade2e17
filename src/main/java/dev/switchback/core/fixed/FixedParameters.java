package dev.switchback.core.fixed;

import dev.switchback.core.nn.Layout;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import java.util.Arrays;

/** Raw weights and biases of a network, in the blocks of {@link Layout}. */
final class FixedParameters {
  private final Topology topology;
  private final Layout layout;
  private final int[][] blocks;

  /** Creates parameters that are all zero. */
  FixedParameters(Topology topology) {
    this.topology = topology;
    this.layout = Layout.byNeuron(topology);
    int[] lengths = layout.blockLengths();
    this.blocks = new int[lengths.length][];
    Arrays.setAll(blocks, b -> new int[lengths[b]]);
  }

  /** Quantises all values of {@code source}: rounds half up, saturates. Allocates nothing. */
  void quantize(Parameters source) {
    for (int l = 0; l < topology.layers(); l++) {
      for (int row = 0; row <= topology.fanIn(l); row++) {
        for (int column = 0; column < topology.fanOut(l); column++) {
          blocks[layout.block(l, row, column)][layout.position(l, row, column)] =
              QFormat.quantize(source.get(l, row, column));
        }
      }
    }
  }

  /** Writes all values exactly to {@code target}. Allocates nothing. */
  void dequantize(Parameters target) {
    for (int l = 0; l < topology.layers(); l++) {
      for (int row = 0; row <= topology.fanIn(l); row++) {
        for (int column = 0; column < topology.fanOut(l); column++) {
          int raw = blocks[layout.block(l, row, column)][layout.position(l, row, column)];
          target.set(l, row, column, QFormat.dequantize(raw));
        }
      }
    }
  }

  int[][] blocks() {
    return blocks;
  }
}
