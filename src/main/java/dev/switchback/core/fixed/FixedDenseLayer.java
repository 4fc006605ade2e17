package dev.switchback.core.fixed;

import dev.switchback.core.jvm.Specialisation;
import dev.switchback.core.nn.LayerPlan;
import dev.switchback.core.nn.Layout;
import dev.switchback.core.nn.Loss;
import dev.switchback.core.nn.Topology;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A dense layer of raw parameters, one row per neuron, the bias last. Sums of products are exact in
 * 64 bits, so their order does not matter and C2 may vectorise them. Each sum is rounded once.
 */
final class FixedDenseLayer extends FixedLayer {
  /** The shape constants in a copy of this class (see {@link Specialisation}), else null. */
  private static final @Nullable Constants CONSTANTS =
      Specialisation.constant(MethodHandles.lookup(), Constants.class);

  private final Constants constants;

  FixedDenseLayer(Constants constants) {
    this.constants = constants;
  }

  /** Shape constants; a record, as {@link Specialisation} requires. */
  record Constants(LayerPlan<FixedLayer> plan) {}

  /** Creates all layers of a topology and returns the first. */
  static FixedLayer chain(Topology topology) {
    return LayerPlan.chain(
        topology, Layout.byNeuron(topology), plan -> of(plan, Specialisation.shared()));
  }

  /** Returns an instance of a specialised copy for a small layer, else of this class. */
  static FixedLayer of(LayerPlan<FixedLayer> plan, Specialisation copies) {
    Constants constants = new Constants(plan);
    return plan.isSmall() && Specialisation.isEnabled()
        ? copies.of(MethodHandles.lookup(), FixedLayer.class, constants)
        : new FixedDenseLayer(constants);
  }

  private LayerPlan<FixedLayer> plan() {
    return (CONSTANTS == null ? constants : CONSTANTS).plan();
  }

  @Override
  void infer(int[][] blocks, int[] in, int[] output, FixedWorkspace workspace) {
    LayerPlan<FixedLayer> plan = plan();
    FixedLayer next = plan.next();
    int[] out = next == null ? output : workspace.activations[plan.index() + 1];
    forward(blocks, in, out);
    if (next != null) {
      next.infer(blocks, out, output, workspace);
    }
  }

  private void forward(int[][] blocks, int[] in, int[] out) {
    LayerPlan<FixedLayer> plan = plan();
    int fanOut = plan.fanOut();
    if (fanOut == 1) {
      oneNeuron(blocks[plan.firstBlock()], in, out);
    } else {
      for (int j = 0; j < fanOut; j += 2) {
        twoNeurons(blocks, in, out, Math.min(j, fanOut - 2));
      }
    }
    FixedActivation.apply(plan.activation(), out, fanOut);
  }

  private void oneNeuron(int[] row, int[] in, int[] out) {
    int fanIn = plan().fanIn();
    long sum = wide(row[fanIn]);
    for (int i = 0; i < fanIn; i++) {
      sum += (long) in[i] * row[i];
    }
    out[0] = QFormat.requantizeValue(sum);
  }

  /** The last pair may overlap the one before it, so no remainder loop is needed. */
  private void twoNeurons(int[][] blocks, int[] in, int[] out, int j) {
    LayerPlan<FixedLayer> plan = plan();
    int fanIn = plan.fanIn();
    int[] row0 = blocks[plan.firstBlock() + j];
    int[] row1 = blocks[plan.firstBlock() + j + 1];
    long sum0 = wide(row0[fanIn]);
    long sum1 = wide(row1[fanIn]);
    for (int i = 0; i < fanIn; i++) {
      long value = in[i];
      sum0 += value * row0[i];
      sum1 += value * row1[i];
    }
    out[j] = QFormat.requantizeValue(sum0);
    out[j + 1] = QFormat.requantizeValue(sum1);
  }

  /** Converts to 32 fraction bits, as in a product. */
  private static long wide(int raw) {
    return (long) raw << QFormat.FRACTION_BITS;
  }

  @Override
  void backward(int[][] blocks, int[] target, Loss loss, FixedWorkspace workspace) {
    LayerPlan<FixedLayer> plan = plan();
    int[] activations = workspace.activations[plan.index() + 1];
    int[] deltas = workspace.deltas[plan.index()];
    FixedLayer next = plan.next();
    if (next == null) {
      outputDeltas(loss, activations, target, deltas);
    } else {
      next.backward(blocks, target, loss, workspace);
      next.backpropagate(blocks, workspace.deltas[plan.index() + 1], deltas, workspace.sums);
      multiplyByDerivative(deltas, activations);
    }
  }

  private void outputDeltas(Loss loss, int[] outputs, int[] target, int[] deltas) {
    for (int j = 0; j < plan().fanOut(); j++) {
      deltas[j] = QFormat.saturate((long) outputs[j] - target[j]);
    }
    if (loss == Loss.SQUARED_ERROR) {
      multiplyByDerivative(deltas, outputs);
    }
  }

  private void multiplyByDerivative(int[] deltas, int[] activations) {
    LayerPlan<FixedLayer> plan = plan();
    FixedActivation.multiplyByDerivative(plan.activation(), deltas, activations, plan.fanOut());
  }

  @Override
  void backpropagate(int[][] blocks, int[] deltas, int[] inDeltas, long[] sums) {
    LayerPlan<FixedLayer> plan = plan();
    Arrays.fill(sums, 0, plan.fanIn(), 0L);
    for (int j = 0; j < plan.fanOut(); j++) {
      addTo(sums, blocks[plan.firstBlock() + j], deltas[j]);
    }
    for (int i = 0; i < plan.fanIn(); i++) {
      inDeltas[i] = QFormat.requantize(sums[i]);
    }
  }

  @Override
  void accumulate(long[][] gradient, FixedWorkspace workspace) {
    LayerPlan<FixedLayer> plan = plan();
    int[] in = workspace.activations[plan.index()];
    int[] deltas = workspace.deltas[plan.index()];
    for (int j = 0; j < plan.fanOut(); j++) {
      long[] row = gradient[plan.firstBlock() + j];
      addTo(row, in, deltas[j]);
      row[plan.fanIn()] += wide(deltas[j]);
    }
    if (plan.next() != null) {
      plan.next().accumulate(gradient, workspace);
    }
  }

  @Override
  void step(int[][] blocks, FixedOptimiser optimiser, FixedWorkspace workspace) {
    LayerPlan<FixedLayer> plan = plan();
    int[] in = workspace.activations[plan.index()];
    int[] deltas = workspace.deltas[plan.index()];
    for (int j = 0; j < plan.fanOut(); j++) {
      int block = plan.firstBlock() + j;
      optimiser.stepRow(block, blocks[block], in, deltas[j]);
    }
    if (plan.next() != null) {
      plan.next().step(blocks, optimiser, workspace);
    }
  }

  private void addTo(long[] sums, int[] values, int factor) {
    int fanIn = plan().fanIn();
    for (int i = 0; i < fanIn; i++) {
      sums[i] += (long) values[i] * factor;
    }
  }

  /**
   * Compares shape constants, which include the next layer, so equal chains share one copy in
   * {@link Specialisation}.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof FixedDenseLayer that && constants.equals(that.constants);
  }

  @Override
  public int hashCode() {
    return constants.hashCode();
  }
}
