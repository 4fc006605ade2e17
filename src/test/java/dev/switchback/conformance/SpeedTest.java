package dev.switchback.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.fixed.FixedModel;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Draws;
import dev.switchback.core.nn.FloatLearner;
import dev.switchback.core.nn.FloatModel;
import dev.switchback.core.nn.Loss;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Start;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.core.nn.UpdateRule;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Guards against large performance regressions in the kernels. Each bound is a ratio to a
 * calibration loop in the same JVM, at least twice the ratio measured when it was set.
 *
 * <p>Runs in a separate JVM, without the coverage agent.
 */
@Tag("speed")
class SpeedTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int BLOCKS = 15;
  private static final int ATTEMPTS = 4;
  private static final Topology TINY = Topology.parse("2-2-1", Activation.SIGMOID);
  private static final Topology WIDE = Topology.parse("784-128-10", Activation.SIGMOID);

  private float sink;

  /** Work that runs a given number of times. */
  private interface Work {
    void run(int times);
  }

  private static double median(Work work, int times) {
    double[] nanos = new double[BLOCKS];
    for (int b = 0; b < BLOCKS; b++) {
      long start = THREADS.getCurrentThreadCpuTime();
      work.run(times);
      nanos[b] = (double) (THREADS.getCurrentThreadCpuTime() - start) / times;
    }
    Arrays.sort(nanos);
    return nanos[BLOCKS / 2];
  }

  /** Checks the smallest of a few ratios, because other load can only increase one. */
  private static void assertRatio(
      double atMost, Work work, int times, Work calibration, int calibrationTimes) {
    double least = Double.POSITIVE_INFINITY;
    for (int attempt = 0; attempt < ATTEMPTS && least > atMost; attempt++) {
      median(work, times);
      median(calibration, calibrationTimes);
      least = Math.min(least, median(work, times) / median(calibration, calibrationTimes));
    }
    System.out.printf("%.2f of the calibration, at most %.2f%n", least, atMost);
    assertTrue(least <= atMost, least + " times the calibration loop, at most " + atMost);
  }

  private static Parameters drawn(Topology topology) {
    Parameters parameters = new Parameters(topology);
    new Start(0.05f, 0f).draw(new SplitMix(1), parameters);
    return parameters;
  }

  private static float[] inputs(int length) {
    SplitMix random = new SplitMix(2);
    float[] inputs = new float[length];
    for (int i = 0; i < length; i++) {
      inputs[i] = Math.abs(Draws.signed(random));
    }
    return inputs;
  }

  private static FloatLearner learner(Topology topology, Samples samples) {
    Recipe recipe =
        new Recipe(
            "online",
            topology,
            new Start(1f, 0f),
            Loss.SQUARED_ERROR,
            Recipe.Batch.ONLINE,
            new Recipe.Gradient.Backpropagation(),
            UpdateRule.GradientDescent.plain(0.1f),
            Recipe.Schedule.fixed(1));
    FloatLearner learner = new FloatLearner(recipe, samples);
    learner.start(drawn(topology));
    return learner;
  }

  /** Runs a hundred multiply-adds, each dependent on the previous one. */
  private void chain(int times) {
    float x = sink;
    for (int k = 0; k < times; k++) {
      for (int link = 0; link < 100; link++) {
        x = Math.fma(x, 0.5f, 0.25f);
      }
    }
    sink = x;
  }

  /** Reads and adds every weight of 784-128, four rows at a time. */
  private final class Reading implements Work {
    private final float[][] rows = new float[784][128];
    private final float[] sums = new float[128];

    @Override
    public void run(int times) {
      for (int k = 0; k < times; k++) {
        for (int i = 0; i < rows.length; i += 4) {
          add(rows[i], rows[i + 1], rows[i + 2], rows[i + 3]);
        }
      }
      sink = sums[0];
    }

    private void add(float[] a, float[] b, float[] c, float[] d) {
      for (int j = 0; j < sums.length; j++) {
        sums[j] += (a[j] + b[j]) + (c[j] + d[j]);
      }
    }
  }

  @Test
  void tinyNetworkAnswersWithinAChainOfMultiplyAdds() {
    FloatModel model = new FloatModel(drawn(TINY));
    float[] in = {0.3f, 0.7f};
    float[] out = new float[1];
    Work answers =
        times -> {
          for (int k = 0; k < times; k++) {
            in[0] = Math.fma(1e-9f, out[0], 0.3f);
            model.infer(in, out);
          }
        };
    assertRatio(0.5, answers, 200_000, this::chain, 50_000);
  }

  @Test
  void tinyNetworkInIntegersAnswersWithinAChainOfMultiplyAdds() {
    FixedModel model = new FixedModel(drawn(TINY));
    int[] in = {20_000, 50_000};
    int[] out = new int[1];
    Work answers =
        times -> {
          for (int k = 0; k < times; k++) {
            in[0] = 20_000 + (out[0] >> 20);
            model.inferRaw(in, out);
          }
        };
    assertRatio(0.4, answers, 200_000, this::chain, 50_000);
  }

  @Test
  void trainingOfFourRowsTakesAFewChainsOfMultiplyAdds() {
    FloatLearner learner = learner(TINY, Samples.of(TruthTable.XOR, TINY));
    Work epochs =
        times -> {
          for (int k = 0; k < times; k++) {
            learner.update();
          }
        };
    assertRatio(2.7, epochs, 20_000, this::chain, 50_000);
  }

  @Test
  void wideNetworkAnswersInTwoReadingsOfItsWeights() {
    FloatModel model = new FloatModel(drawn(WIDE));
    float[] in = inputs(784);
    float[] out = new float[10];
    Work answers =
        times -> {
          for (int k = 0; k < times; k++) {
            model.infer(in, out);
          }
        };
    assertRatio(2.2, answers, 1_000, new Reading(), 1_000);
  }

  @Test
  void wideNetworkInIntegersAnswersInAFewReadingsOfItsWeights() {
    FixedModel model = new FixedModel(drawn(WIDE));
    int[] in = new int[784];
    Arrays.fill(in, 30_000);
    int[] out = new int[10];
    Work answers =
        times -> {
          for (int k = 0; k < times; k++) {
            model.inferRaw(in, out);
          }
        };
    // About 7 without vectorised 64-bit multiplication, as on a Raspberry Pi.
    assertRatio(12.0, answers, 1_000, new Reading(), 1_000);
  }

  @Test
  void trainingOfAWideNetworkTakesAFewReadingsOfItsWeights() {
    float[] target = new float[10];
    target[3] = 1f;
    FloatLearner learner =
        learner(WIDE, new Samples(new float[][] {inputs(784)}, new float[][] {target}));
    Work samples =
        times -> {
          for (int k = 0; k < times; k++) {
            learner.update();
          }
        };
    assertRatio(7.0, samples, 500, new Reading(), 1_000);
  }
}
