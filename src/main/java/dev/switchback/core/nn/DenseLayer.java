package dev.switchback.core.nn;

import dev.switchback.core.jvm.Specialisation;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * A dense layer. Its loops are in {@link NarrowRows} and {@link WideRows}, which add in the same
 * order (see {@link Elementary}) and give the same bits.
 */
final class DenseLayer extends Layer {
  /** The shape constants in a copy of this class (see {@link Specialisation}), else null. */
  private static final @Nullable Constants CONSTANTS =
      Specialisation.constant(MethodHandles.lookup(), Constants.class);

  private final Constants constants;

  DenseLayer(Constants constants) {
    this.constants = constants;
  }

  /** Shape constants; a record, as {@link Specialisation} requires. */
  record Constants(LayerPlan<Layer> plan) {}

  /** Creates all layers of a topology and returns the first. */
  static Layer chain(Topology topology) {
    return LayerPlan.chain(
        topology, new Layout(topology), plan -> of(plan, Specialisation.shared()));
  }

  /** Returns an instance of a specialised copy for a small layer, else of this class. */
  static Layer of(LayerPlan<Layer> plan, Specialisation copies) {
    Constants constants = new Constants(plan);
    return plan.isSmall() && Specialisation.isEnabled()
        ? copies.of(MethodHandles.lookup(), Layer.class, constants)
        : new DenseLayer(constants);
  }

  private LayerPlan<Layer> plan() {
    return (CONSTANTS == null ? constants : CONSTANTS).plan();
  }

  @Override
  void infer(float[][] blocks, float[] in, float[] output, Workspace workspace) {
    LayerPlan<Layer> plan = plan();
    Layer next = plan.next();
    float[] out = next == null ? output : workspace.activations[plan.index() + 1];
    if (plan.wide()) {
      WideRows.forward(plan, blocks, in, out);
    } else {
      NarrowRows.forward(plan, blocks, in, out);
    }
    if (next != null) {
      next.infer(blocks, out, output, workspace);
    }
  }

  @Override
  void backward(float[][] blocks, float[] target, Loss loss, Workspace workspace) {
    LayerPlan<Layer> plan = plan();
    float[] activations = workspace.activations[plan.index() + 1];
    float[] deltas = workspace.deltas[plan.index()];
    if (plan.next() == null) {
      loss.outputDeltas(plan.activation(), activations, target, deltas, plan.fanOut());
    } else {
      plan.next().backward(blocks, target, loss, workspace);
      plan.next().backpropagate(blocks, workspace.deltas[plan.index() + 1], deltas);
      plan.activation().multiplyByDerivative(deltas, activations, plan.fanOut());
    }
  }

  @Override
  void backpropagate(float[][] blocks, float[] deltas, float[] inDeltas) {
    LayerPlan<Layer> plan = plan();
    if (plan.wide()) {
      WideRows.backpropagate(plan, blocks, deltas, inDeltas);
    } else {
      NarrowRows.backpropagate(plan, blocks, deltas, inDeltas);
    }
  }

  @Override
  void accumulate(float[][] target, float factor, Workspace workspace) {
    LayerPlan<Layer> plan = plan();
    float[] in = workspace.activations[plan.index()];
    float[] deltas = workspace.deltas[plan.index()];
    if (plan.wide()) {
      WideRows.accumulate(plan, target, in, deltas, factor);
    } else {
      NarrowRows.accumulate(plan, target, in, deltas, factor);
    }
    if (plan.next() != null) {
      plan.next().accumulate(target, factor, workspace);
    }
  }

  /**
   * Compares shape constants, which include the next layer, so equal chains share one copy in
   * {@link Specialisation}.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof DenseLayer that && constants.equals(that.constants);
  }

  @Override
  public int hashCode() {
    return constants.hashCode();
  }
}
