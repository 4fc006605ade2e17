package dev.switchback.bench;

import com.sun.management.ThreadMXBean;
import dev.switchback.bench.ScaleRow.Cost;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Learner;
import dev.switchback.core.nn.Loss;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.Start;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.UpdateRule;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Measures networks of any size on this thread.
 *
 * @param warmUpNanos duration of the warm-up before each measurement
 * @param measuredNanos duration of each measurement, but at least a few blocks
 */
record ScaleMeasurement(long warmUpNanos, long measuredNanos) {
  private static final long BLOCK_NANOS = 4_000_000;
  private static final int LEAST_BLOCKS = 3;
  private static final float RATE = 1e-3f;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Work that makes the given number of calls. */
  private interface Work {
    void repeat(int times);
  }

  ScaleRow of(Topology topology, Engine engine) {
    Parameters parameters = parameters(topology);
    Cost answer = cost(() -> engine.model(parameters), ScaleMeasurement::answering);
    Recipe recipe = recipe(topology);
    Samples samples = sample(topology);
    Cost step =
        cost(() -> engine.learner(recipe, samples), learner -> training(learner, parameters));
    return new ScaleRow(topology, engine, answer, step);
  }

  /** Returns the work of one object. */
  private interface Use<T> {
    Work of(T object);
  }

  private <T> Cost cost(Supplier<T> maker, Use<T> use) {
    // Data shared by all objects, such as tables, does not count.
    T _ = maker.get();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    T object = maker.get();
    long madeBytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    return cost(use.of(object), madeBytes);
  }

  private static Work answering(Model model) {
    float[] inputs = random(model.topology().inputs(), 1f, new SplittableRandom(2));
    float[] outputs = new float[model.topology().outputs()];
    return times -> {
      for (int k = 0; k < times; k++) {
        model.infer(inputs, outputs);
      }
    };
  }

  private static Work training(Learner learner, Parameters start) {
    learner.start(start);
    learner.measure();
    return times -> {
      for (int k = 0; k < times; k++) {
        learner.update();
      }
    };
  }

  /** Draws Glorot-uniform parameters, so that no layer saturates. */
  private static Parameters parameters(Topology topology) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[topology.parameterCount()];
    for (int l = 0; l < topology.layers(); l++) {
      float limit = (float) Math.sqrt(6.0 / (topology.fanIn(l) + topology.fanOut(l)));
      for (int k = topology.offset(l); k < topology.offset(l + 1); k++) {
        values[k] = limit * (2f * (float) random.nextDouble() - 1f);
      }
    }
    return Parameters.of(topology, values);
  }

  private static float[] random(int length, float limit, SplittableRandom random) {
    float[] values = new float[length];
    for (int k = 0; k < length; k++) {
      values[k] = limit * (float) random.nextDouble();
    }
    return values;
  }

  private static Samples sample(Topology topology) {
    SplittableRandom random = new SplittableRandom(3);
    float[] inputs = random(topology.inputs(), 1f, random);
    return new Samples(
        new float[][] {inputs}, new float[][] {random(topology.outputs(), 1f, random)});
  }

  private static Recipe recipe(Topology topology) {
    return new Recipe(
        "scale",
        topology,
        new Start(1f, 1f),
        Loss.SQUARED_ERROR,
        Recipe.Batch.ONLINE,
        new Recipe.Gradient.Backpropagation(),
        UpdateRule.GradientDescent.plain(RATE),
        Recipe.Schedule.fixed(1));
  }

  private Cost cost(Work work, long madeBytes) {
    int times = warmUp(work);
    double[] nanos = new double[LEAST_BLOCKS + (int) (measuredNanos / BLOCK_NANOS)];
    long leastBytes = Long.MAX_VALUE;
    int blocks = 0;
    long begun = System.nanoTime();
    while (blocks < LEAST_BLOCKS
        || (blocks < nanos.length && System.nanoTime() - begun < measuredNanos)) {
      long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
      long nanosBefore = THREADS.getCurrentThreadCpuTime();
      work.repeat(times);
      nanos[blocks++] = (THREADS.getCurrentThreadCpuTime() - nanosBefore) / (double) times;
      // Allocations by the JVM itself do not count.
      leastBytes = Math.min(leastBytes, THREADS.getCurrentThreadAllocatedBytes() - bytesBefore);
    }
    Arrays.sort(nanos, 0, blocks);
    return new Cost(nanos[blocks / 2], leastBytes / (double) times, madeBytes);
  }

  /** Warms up and returns the number of calls per block. */
  private int warmUp(Work work) {
    long begun = System.nanoTime();
    int times = 1;
    do {
      long before = THREADS.getCurrentThreadCpuTime();
      work.repeat(times);
      long nanos = Math.max(1, THREADS.getCurrentThreadCpuTime() - before);
      times = (int) Math.clamp(BLOCK_NANOS * times / nanos, 1, 4L * times);
    } while (System.nanoTime() - begun < warmUpNanos);
    return times;
  }
}
