package dev.switchback.tools.plot;

import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.TruthTable;

/**
 * A model's shown output over a square of switch A (x, to the right) and switch B (y, upwards),
 * each from {@link #MIN} to {@link #MAX}: at, between and around the corners of the truth table.
 * The grid includes the borders. Immutable; any thread.
 */
public final class DecisionMap {
  public static final float MIN = -0.5f;
  public static final float MAX = 1.5f;

  private final int side;
  private final float[] outputs;

  private DecisionMap(int side, float[] outputs) {
    this.side = side;
    this.outputs = outputs;
  }

  /**
   * Evaluates the model {@code side * side} times, on the thread that owns it. With one switch all
   * rows are the same.
   *
   * @param side grid points along each axis, at least 2
   * @param others levels of switches C and above as a row; 0 is all open
   * @param led the LED whose output is shown; 0 is the first
   * @throws IllegalArgumentException if {@code side} is too small or there is no such row or LED
   */
  public static DecisionMap of(Model model, int side, int others, int led) {
    int inputs = model.topology().inputs();
    int rest = Math.max(0, inputs - 2);
    if (side < 2 || others >> rest != 0) {
      throw new IllegalArgumentException(
          "no map of side " + side + " in row " + others + " of " + rest + " other inputs");
    }
    int leds = model.topology().leds();
    if (led < 0 || led >= leds) {
      throw new IllegalArgumentException("no map of LED index " + led + " of " + leds);
    }
    float[] in = new float[2 + rest];
    for (int i = 0; i < rest; i++) {
      in[2 + i] = TruthTable.level(others, i, rest);
    }
    float[] asked = inputs == 1 ? new float[1] : in;
    float[] answer = new float[model.topology().outputs()];
    float[] outputs = new float[side * side];
    for (int p = 0; p < outputs.length; p++) {
      asked[0] = coordinate(p % side, side);
      in[1] = coordinate(p / side, side);
      model.infer(asked, answer);
      outputs[p] = answer[model.topology().displayed(led)];
    }
    return new DecisionMap(side, outputs);
  }

  /** Returns the map of the first LED with switches C and above open. */
  public static DecisionMap of(Model model, int side) {
    return of(model, side, 0, 0);
  }

  private static float coordinate(int index, int side) {
    return MIN + (MAX - MIN) * index / (side - 1);
  }

  /**
   * Returns the target in a corner of a map, in the order AB = 00, 01, 10, 11.
   *
   * @param corners the truth table of the map's switches and its LED; if its only switch is A, B is
   *     ignored
   */
  static int target(TruthTable corners, int corner) {
    return corners.answer(corners.inputs() == 1 ? corner >> 1 : corner, 0);
  }

  /** Grid points along each axis. */
  public int side() {
    return side;
  }

  /**
   * Returns the output at a grid point; column 0 is x = {@link #MIN}, row 0 is y = {@link #MIN}.
   */
  public float output(int column, int row) {
    return outputs[row * side + column];
  }

  /** Returns the output by bilinear interpolation; coordinates are clamped to the border. */
  public float outputAt(float x, float y) {
    float column = gridPosition(x);
    float row = gridPosition(y);
    int left = Math.min((int) column, side - 2);
    int below = Math.min((int) row, side - 2);
    float right = column - left;
    float above = row - below;
    return (1 - above) * ((1 - right) * output(left, below) + right * output(left + 1, below))
        + above * ((1 - right) * output(left, below + 1) + right * output(left + 1, below + 1));
  }

  private float gridPosition(float coordinate) {
    return Math.clamp((coordinate - MIN) / (MAX - MIN), 0f, 1f) * (side - 1);
  }
}
