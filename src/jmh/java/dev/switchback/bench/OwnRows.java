package dev.switchback.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures our rows with JMH, one JVM per row, and prints them by the {@link Protocol}: the median
 * thread CPU time of short iterations.
 *
 * <pre>
 *   OwnRows [--quick]
 * </pre>
 */
public final class OwnRows {
  private static final Map<String, String> ROWS =
      Map.ofEntries(
          Map.entry("InferBench.tinyFloat", "infer 2-2-1 float"),
          Map.entry("InferBench.tinyFixed", "infer 2-2-1 fixed"),
          Map.entry("InferBench.squareFloat", "infer 64-64-64-10 float"),
          Map.entry("InferBench.squareFixed", "infer 64-64-64-10 fixed"),
          Map.entry("InferBench.wideFloat", "infer 784-128-10 float"),
          Map.entry("InferBench.wideFixed", "infer 784-128-10 fixed"),
          Map.entry("TrainBench.xor", "train XOR"),
          Map.entry("TrainBench.xorTrainer", "train XOR, Trainer"),
          Map.entry("TrainBench.wide", "train 784-128-10"),
          Map.entry("LimitBench.read", "read 784x128 in Java"));

  private static final TimeValue ITERATION = TimeValue.milliseconds(50);

  private OwnRows() {}

  public static void main(String[] args) throws RunnerException {
    boolean quick = List.of(args).contains("--quick");
    Options options =
        new OptionsBuilder()
            .include("dev\\.switchback\\.bench\\.")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(1)
            .warmupTime(ITERATION)
            .warmupIterations(quick ? 30 : 60)
            .measurementTime(ITERATION)
            .measurementIterations(quick ? 11 : 41)
            .jvmArgsAppend("@device-config/train.options", "--sun-misc-unsafe-memory-access=allow")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    for (RunResult result : results) {
      String[] name = result.getParams().getBenchmark().split("\\.", -1);
      String row = ROWS.get(name[name.length - 2] + "." + name[name.length - 1]);
      if (row == null) {
        throw new IllegalStateException("no row for " + result.getParams().getBenchmark());
      }
      Protocol.nanos(row, median(result));
    }
  }

  private static double median(RunResult result) {
    double[] scores =
        result.getBenchmarkResults().stream()
            .map(BenchmarkResult::getIterationResults)
            .flatMap(Collection::stream)
            .mapToDouble(OwnRows::threadNanos)
            .toArray();
    Arrays.sort(scores);
    return scores[scores.length / 2];
  }

  private static double threadNanos(IterationResult iteration) {
    double share = iteration.getSecondaryResults().get("share").getScore();
    return iteration.getPrimaryResult().getScore() * share;
  }
}
