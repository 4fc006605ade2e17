package dev.switchback.core.fixed;

import dev.switchback.core.nn.Topology;

/** Preallocated raw activations and deltas of one network for one thread. */
final class FixedWorkspace {
  /** {@code activations[0]} is the input; {@code activations[l + 1]} is layer l's. */
  final int[][] activations;

  /** Raw {@code d loss / d z} per dense layer. */
  final int[][] deltas;

  /** Scratch space for exact sums, one per input of the widest layer. */
  final long[] sums;

  FixedWorkspace(Topology topology) {
    int layers = topology.layers();
    this.activations = new int[layers + 1][];
    this.deltas = new int[layers][];
    activations[0] = new int[topology.inputs()];
    int widest = 0;
    for (int l = 0; l < layers; l++) {
      widest = Math.max(widest, topology.fanIn(l));
      activations[l + 1] = new int[topology.fanOut(l)];
      deltas[l] = new int[topology.fanOut(l)];
    }
    this.sums = new long[widest];
  }

  /** Returns the raw output activations of the last forward pass, valid until the next. */
  int[] outputs() {
    return activations[activations.length - 1];
  }
}
