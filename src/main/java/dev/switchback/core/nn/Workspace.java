package dev.switchback.core.nn;

/** Preallocated activations and deltas of one network for one thread. */
final class Workspace {
  /** {@code activations[0]} is the caller's input; {@code activations[l + 1]} is layer l's. */
  final float[][] activations;

  /** {@code d loss / d z} per dense layer. */
  final float[][] deltas;

  Workspace(Topology topology) {
    int layers = topology.layers();
    this.activations = new float[layers + 1][];
    this.deltas = new float[layers][];
    activations[0] = new float[topology.inputs()];
    for (int l = 0; l < layers; l++) {
      activations[l + 1] = new float[topology.fanOut(l)];
      deltas[l] = new float[topology.fanOut(l)];
    }
  }

  /** Returns the output activations of the last forward pass, valid until the next. */
  float[] outputs() {
    return activations[activations.length - 1];
  }
}
