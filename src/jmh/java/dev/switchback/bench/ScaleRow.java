package dev.switchback.bench;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Topology;

/**
 * What a network of one size costs.
 *
 * @param answer a forward pass through a model
 * @param step a training step on one sample: forward, backward, update
 */
public record ScaleRow(Topology topology, Engine engine, Cost answer, Cost step) {

  /**
   * Of one kind of work.
   *
   * @param nanos thread CPU time of a call, median
   * @param allocatedBytes by a call
   * @param madeBytes allocated to make the object that does it: parameters and scratch, which stay
   */
  public record Cost(double nanos, double allocatedBytes, long madeBytes) {}

  /** Weights and biases. */
  public int weights() {
    return topology.parameterCount();
  }
}
