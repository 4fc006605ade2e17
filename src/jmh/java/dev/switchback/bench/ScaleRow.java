package dev.switchback.bench;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Topology;

/**
 * The costs of a network of one size.
 *
 * @param answer a forward pass through a model
 * @param step a training step on one sample: forward, backward, update
 */
public record ScaleRow(Topology topology, Engine engine, Cost answer, Cost step) {

  /**
   * The cost of one kind of work.
   *
   * @param nanos median thread CPU time per call
   * @param allocatedBytes bytes allocated per call
   * @param madeBytes bytes of the object that does the work: its parameters and scratch space
   */
  public record Cost(double nanos, double allocatedBytes, long madeBytes) {}

  /** Returns the number of weights and biases. */
  public int weights() {
    return topology.parameterCount();
  }
}
