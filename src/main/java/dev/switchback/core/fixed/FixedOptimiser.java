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
}
