package dev.switchback.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A lower bound for the time of a forward pass in Java. */
@State(Scope.Thread)
public class LimitBench {
  private static final int SWEEP = 8;

  private final float[][] rows = new float[784][];
  private final float[] sums = new float[128];

  public LimitBench() {
    Lcg stream = new Lcg(3);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = stream.floats(sums.length);
    }
  }

  /** Reads the weights of 784 inputs to 128 neurons and only adds them, eight rows per pass. */
  @Benchmark
  public float[] read(ProcessorShare processor) {
    for (int i = 0; i < rows.length; i += SWEEP) {
      add(rows, i, sums);
    }
    return sums;
  }

  private static void add(float[][] rows, int i, float[] sums) {
    float[] a = rows[i];
    float[] b = rows[i + 1];
    float[] c = rows[i + 2];
    float[] d = rows[i + 3];
    float[] e = rows[i + 4];
    float[] f = rows[i + 5];
    float[] g = rows[i + 6];
    float[] h = rows[i + 7];
    for (int j = 0; j < sums.length; j++) {
      sums[j] += ((a[j] + b[j]) + (c[j] + d[j])) + ((e[j] + f[j]) + (g[j] + h[j]));
    }
  }
}
