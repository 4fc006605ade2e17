package dev.switchback.core.fixed;

import dev.switchback.core.nn.Layout;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.UpdateRule;
import java.util.Arrays;

/**
 * An update rule in integers. Gradients and velocities have 32 fraction bits, so small gradients
 * still add up; each step is rounded half up to the 16 fraction bits of a parameter.
 */
abstract sealed class FixedOptimiser permits FixedDescent, FixedResilientDescent {

  /** The gradient of one neuron. */
  private final long[] row;

  FixedOptimiser(Topology topology) {
    int widest = 0;
    for (int l = 0; l < topology.layers(); l++) {
      widest = Math.max(widest, topology.fanIn(l));
    }
    this.row = new long[widest + 1];
  }

  static FixedOptimiser of(UpdateRule rule, Topology topology) {
    return switch (rule) {
      case UpdateRule.GradientDescent descent -> new FixedDescent(descent, topology);
      case UpdateRule.Resilient resilient -> new FixedResilientDescent(resilient, topology);
    };
  }

  /** Allocates one long per parameter, in the blocks of {@link Layout}. */
  static long[][] longBlocks(Topology topology) {
    int[] lengths = Layout.byNeuron(topology).blockLengths();
    long[][] blocks = new long[lengths.length][];
    Arrays.setAll(blocks, b -> new long[lengths[b]]);
    return blocks;
  }

  /** Clears the state for a new start. */
  abstract void reset();

  /** Changes raw parameters by the summed gradient. */
  void step(int[][] parameters, long[][] gradient) {
    for (int b = 0; b < parameters.length; b++) {
      stepBlock(b, parameters[b], gradient[b]);
    }
  }

  abstract void stepBlock(int b, int[] p, long[] g);

  /**
   * Changes the weights and the bias of one neuron by the gradient of one sample, {@code in delta}
   * and {@code delta}.
   */
  void stepRow(int b, int[] p, int[] in, int delta) {
    int bias = p.length - 1;
    for (int i = 0; i < bias; i++) {
      row[i] = (long) in[i] * delta;
    }
    row[bias] = (long) delta << QFormat.FRACTION_BITS;
    stepBlock(b, p, row);
  }
}
