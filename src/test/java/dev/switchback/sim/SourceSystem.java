package dev.switchback.sim;

import dev.switchback.core.nn.TruthTable;

/**
 * One of the three source systems in double precision, for XOR only. It is written from its
 * document and shares no code with the core, which tests compare with it.
 *
 * <p>Parameters are in the documented order: {@code W1 b1 W2 b2 ...}, one row per input.
 */
public abstract class SourceSystem {
  static final int ROWS = 4;

  final int[] widths;
  final double[] p;

  SourceSystem(double[] start, int... widths) {
    this.widths = widths;
    this.p = start.clone();
  }

  /** The first system: full batch, rate 0.5, gradients summed over the samples. */
  public static SourceSystem a(double[] start) {
    return new FullBatch(start);
  }

  /** The second: central differences of step 0.1 of the mean cross-entropy, rate 0.01. */
  public static SourceSystem b(double[] start) {
    return new Differences(start);
  }

  /** The third as in its text, with one or two hidden layers: one sample at a time, rate 0.3. */
  public static SourceSystem c(double[] start, int... widths) {
    return new OneByOne(start, false, false, widths);
  }

  /**
   * The third as in its printed program.
   *
   * @param withoutDelta the hidden error lacks the factor of the output's error
   * @param outputBias the hidden biases change by the output's error
   */
  public static SourceSystem printed(double[] start, boolean withoutDelta, boolean outputBias) {
    return new OneByOne(start, withoutDelta, outputBias, 2, 3, 1);
  }

  /** Trains one epoch. */
  public abstract void epoch();

  /** Returns the output for a row: the only one, or the probability of class 1. */
  public abstract double output(int row);

  /** Returns the loss that the system reports: mean squared error or mean cross-entropy. */
  public double loss() {
    double sum = 0.0;
    for (int row = 0; row < ROWS; row++) {
      double error = output(row) - target(row);
      sum += error * error;
    }
    return sum / ROWS;
  }

  public double[] parameters() {
    return p.clone();
  }

  public boolean answersAll() {
    for (int row = 0; row < ROWS; row++) {
      if (output(row) > 0.5 != (target(row) == 1.0)) {
        return false;
      }
    }
    return true;
  }

  static double target(int row) {
    return TruthTable.XOR.answer(row);
  }

  static double[] inputs(int row) {
    return new double[] {row >> 1, row & 1};
  }

  /** Returns the index of a layer's first parameter; weights come before biases. */
  int offset(int layer) {
    int offset = 0;
    for (int l = 0; l < layer; l++) {
      offset += (widths[l] + 1) * widths[l + 1];
    }
    return offset;
  }

  /** Returns the weighted sums of a layer, including biases. */
  double[] sums(int layer, double[] in) {
    double[] z = new double[widths[layer + 1]];
    int biases = offset(layer) + in.length * z.length;
    for (int j = 0; j < z.length; j++) {
      z[j] = p[biases + j];
      for (int i = 0; i < in.length; i++) {
        z[j] += in[i] * p[offset(layer) + i * z.length + j];
      }
    }
    return z;
  }

  /** Returns the activations of all layers, all sigmoid; the first are the inputs. */
  double[][] sigmoids(int row) {
    double[][] a = new double[widths.length][];
    a[0] = inputs(row);
    for (int l = 0; l < widths.length - 1; l++) {
      a[l + 1] = sums(l, a[l]);
      for (int j = 0; j < a[l + 1].length; j++) {
        a[l + 1][j] = 1.0 / (1.0 + StrictMath.exp(-a[l + 1][j]));
      }
    }
    return a;
  }

  /** Returns {@code d 1/2 (a - t)^2 / d z} of every layer for one row. */
  double[][] deltas(int row, double[][] a) {
    int last = widths.length - 2;
    double[][] deltas = new double[last + 1][];
    double out = a[last + 1][0];
    deltas[last] = new double[] {(out - target(row)) * out * (1.0 - out)};
    for (int l = last - 1; l >= 0; l--) {
      deltas[l] = new double[widths[l + 1]];
      for (int i = 0; i < deltas[l].length; i++) {
        double sum = 0.0;
        for (int j = 0; j < deltas[l + 1].length; j++) {
          sum += deltas[l + 1][j] * p[offset(l + 1) + i * deltas[l + 1].length + j];
        }
        deltas[l][i] = sum * a[l + 1][i] * (1.0 - a[l + 1][i]);
      }
    }
    return deltas;
  }

  /** Subtracts {@code rate * input * delta} from weights, {@code rate * bias delta} from biases. */
  void change(double[] target, double rate, double[][] a, double[][] deltas, double[][] biases) {
    for (int l = 0; l < deltas.length; l++) {
      int n = deltas[l].length;
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < a[l].length; i++) {
          target[offset(l) + i * n + j] -= rate * a[l][i] * deltas[l][j];
        }
        target[offset(l) + a[l].length * n + j] -= rate * biases[l][j];
      }
    }
  }

  private static final class FullBatch extends SourceSystem {
    FullBatch(double[] start) {
      super(start, 2, 2, 1);
    }

    @Override
    public double output(int row) {
      return sigmoids(row)[2][0];
    }

    @Override
    public void epoch() {
      double[] change = new double[p.length];
      for (int row = 0; row < ROWS; row++) {
        double[][] a = sigmoids(row);
        double[][] deltas = deltas(row, a);
        change(change, 0.5, a, deltas, deltas);
      }
      for (int k = 0; k < p.length; k++) {
        p[k] += change[k];
      }
    }
  }

  private static final class OneByOne extends SourceSystem {
    private final boolean withoutDelta;
    private final boolean outputBias;

    OneByOne(double[] start, boolean withoutDelta, boolean outputBias, int... widths) {
      super(start, widths);
      this.withoutDelta = withoutDelta;
      this.outputBias = outputBias;
    }

    @Override
    public double output(int row) {
      return sigmoids(row)[widths.length - 1][0];
    }

    @Override
    public void epoch() {
      for (int row = 0; row < ROWS; row++) {
        double[][] a = sigmoids(row);
        double[][] deltas = deltas(row, a);
        double out = deltas[deltas.length - 1][0];
        deltas[0] = withoutDelta ? hiddenDeltas(a[1]) : deltas[0];
        double[][] biases = deltas.clone();
        biases[0] = outputBias ? new double[] {out, out, out} : deltas[0];
        change(p, 0.3, a, deltas, biases);
      }
    }

    private double[] hiddenDeltas(double[] hidden) {
      double[] deltas = new double[hidden.length];
      for (int j = 0; j < hidden.length; j++) {
        deltas[j] = p[offset(1) + j] * hidden[j] * (1.0 - hidden[j]);
      }
      return deltas;
    }
  }

  private static final class Differences extends SourceSystem {
    private static final double STEP = 0.1;

    Differences(double[] start) {
      super(start, 2, 8, 2);
    }

    private double[] probabilities(int row) {
      double[] hidden = sums(0, inputs(row));
      for (int j = 0; j < hidden.length; j++) {
        hidden[j] = Math.max(0.0, hidden[j]);
      }
      double[] z = sums(1, hidden);
      double max = Math.max(z[0], z[1]);
      double zero = StrictMath.exp(z[0] - max);
      double one = StrictMath.exp(z[1] - max);
      return new double[] {zero / (zero + one), one / (zero + one)};
    }

    @Override
    public double output(int row) {
      return probabilities(row)[1];
    }

    @Override
    public double loss() {
      double sum = 0.0;
      for (int row = 0; row < ROWS; row++) {
        sum -= StrictMath.log(probabilities(row)[(int) target(row)] + 1e-7);
      }
      return sum / ROWS;
    }

    @Override
    public void epoch() {
      double[] gradient = new double[p.length];
      for (int k = 0; k < p.length; k++) {
        double old = p[k];
        p[k] = old + STEP;
        double above = loss();
        p[k] = old - STEP;
        double below = loss();
        p[k] = old;
        gradient[k] = (above - below) / (2 * STEP);
      }
      for (int k = 0; k < p.length; k++) {
        p[k] -= 0.01 * gradient[k];
      }
    }
  }
}
