package dev.switchback.tools.foreign;

import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.TruthTable;
import java.util.Arrays;

/**
 * The largest difference of a network's outputs with stepwise and with smooth activations, where
 * all inputs are between -0.5 and 1.5: on a grid for one or two inputs, else in all switch
 * positions, if there are not too many, and at points drawn from a fixed seed.
 */
final class StepwiseDifference {
  private static final double LEAST = -0.5;
  private static final double RANGE = 2.0;

  /** Points of a grid on each side; 0 and 1 are among them. */
  private static final int SIDE = 65;

  private static final int MAX_POINTS = SIDE * SIDE;
  private static final int MIN_POINTS = 64;
  private static final int MAX_PRODUCTS = 1 << 23;

  private final StepwiseNetwork network;
  private double largest;
  private int points;

  StepwiseDifference(StepwiseNetwork network) {
    this.network = network;
    int inputs = network.topology().inputs();
    int most =
        Math.clamp(MAX_PRODUCTS / network.topology().parameterCount(), MIN_POINTS, MAX_POINTS);
    if (inputs == 1) {
      for (int k = 0; k < most; k++) {
        look(LEAST + RANGE * k / (most - 1));
      }
    } else if (inputs == 2 && most == MAX_POINTS) {
      for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
          look(LEAST + RANGE * row / (SIDE - 1), LEAST + RANGE * column / (SIDE - 1));
        }
      }
    } else {
      lookAround(inputs, most);
    }
  }

  private void lookAround(int inputs, int most) {
    if (inputs <= TruthTable.MAX_INPUTS) {
      for (int row = 0; row < 1 << inputs; row++) {
        double[] corner = new double[inputs];
        for (int i = 0; i < inputs; i++) {
          corner[i] = TruthTable.level(row, i, inputs);
        }
        look(corner);
      }
    }
    SplitMix stream = new SplitMix(1);
    while (points < most) {
      double[] point = new double[inputs];
      Arrays.setAll(point, _ -> LEAST + RANGE * (stream.nextLong() >>> 11) * 0x1p-53);
      look(point);
    }
  }

  private void look(double... inputs) {
    points++;
    double[] stepwise = network.stepwise(inputs);
    double[] smooth = network.smooth(inputs);
    for (int j = 0; j < smooth.length; j++) {
      largest = Math.max(largest, Math.abs(stepwise[j] - smooth[j]));
    }
  }

  double largest() {
    return largest;
  }

  /** Returns the number of points at which the outputs were compared. */
  int points() {
    return points;
  }
}
