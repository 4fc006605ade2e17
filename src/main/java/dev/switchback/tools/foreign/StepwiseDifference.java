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
  private final double[] point;
  private double largest;
  private int points;

  StepwiseDifference(StepwiseNetwork network) {
    this.network = network;
    int inputs = network.topology().inputs();
    this.point = new double[inputs];
    int most =
        Math.clamp(MAX_PRODUCTS / network.topology().parameterCount(), MIN_POINTS, MAX_POINTS);
    if (inputs == 1) {
      for (int k = 0; k < most; k++) {
        point[0] = LEAST + RANGE * k / (most - 1);
        look();
      }
    } else if (inputs == 2 && most == MAX_POINTS) {
      for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
          point[0] = LEAST + RANGE * row / (SIDE - 1);
          point[1] = LEAST + RANGE * column / (SIDE - 1);
          look();
        }
      }
    } else {
      lookAround(inputs, most);
    }
  }

  private void lookAround(int inputs, int most) {
    if (inputs <= TruthTable.MAX_INPUTS) {
      for (int row = 0; row < 1 << inputs; row++) {
        for (int i = 0; i < inputs; i++) {
          point[i] = TruthTable.level(row, i, inputs);
        }
        look();
      }
    }
    SplitMix stream = new SplitMix(1);
    while (points < most) {
      Arrays.setAll(point, _ -> LEAST + RANGE * (stream.nextLong() >>> 11) * 0x1p-53);
      look();
    }
  }

  private void look() {
    points++;
    double[] stepwise = network.stepwise(point);
    double[] smooth = network.smooth(point);
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
