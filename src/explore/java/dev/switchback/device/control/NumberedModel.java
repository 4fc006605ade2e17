package dev.switchback.device.control;

import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Topology;

/** A model that only says whether it was complete, and which generation it was given. */
final class NumberedModel implements Model {
  /** Written before it is published. */
  int content;

  /** Written by its publisher after it was published; read when all threads have ended. */
  int generation;

  @Override
  public Topology topology() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void infer(float[] inputs, float[] outputs) {
    outputs[0] = content;
  }
}
