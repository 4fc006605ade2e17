package dev.switchback.sim;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;

/** A model that answers from a table: 0.9 for 1 and 0.1 for 0. Allocates nothing. */
public final class TableModel implements Model {
  private final Topology topology;
  private final TruthTable table;
  private Runnable before = () -> {};
  private float scale = 1f;

  /** Creates a model with one output per LED. */
  public TableModel(TruthTable table) {
    this.table = table;
    this.topology = topology(table.inputs(), table.leds());
  }

  /**
   * Creates a model of a table for one LED with one output, or one per class.
   *
   * @param outputs 1, 2 or more; classes from 2 on stay at 0
   */
  public TableModel(TruthTable table, int outputs) {
    this.table = table;
    Topology shape = topology(table.inputs(), outputs);
    this.topology = outputs == 1 ? shape : shape.withArgmax();
  }

  private static Topology topology(int inputs, int outputs) {
    return new Topology(new int[] {inputs, 2, outputs}, sigmoids());
  }

  private static Activation[] sigmoids() {
    return new Activation[] {Activation.SIGMOID, Activation.SIGMOID};
  }

  /** Runs an action, which may throw, at the start of every forward pass. */
  public TableModel before(Runnable action) {
    before = action;
    return this;
  }

  /** Multiplies every output, for example by NaN or infinity. */
  public TableModel scale(float factor) {
    scale = factor;
    return this;
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public void infer(float[] inputs, float[] outputs) {
    before.run();
    int row = 0;
    for (int i = 0; i < table.inputs(); i++) {
      row = row << 1 | (inputs[i] == 1f ? 1 : 0);
    }
    if (topology.isArgmax()) {
      float one = number(row, 0);
      outputs[0] = scale * (1f - one);
      outputs[1] = scale * one;
      return;
    }
    for (int led = 0; led < table.leds(); led++) {
      outputs[led] = scale * number(row, led);
    }
  }

  private float number(int row, int led) {
    return table.answer(row, led) == 1 ? 0.9f : 0.1f;
  }
}
