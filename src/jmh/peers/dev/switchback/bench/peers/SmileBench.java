package dev.switchback.bench.peers;

import dev.switchback.bench.Protocol;
import dev.switchback.bench.Workload;
import java.util.Arrays;

/**
 * Smile, which uses OpenBLAS matrices, on one thread.
 *
 * <pre>
 *   SmileBench [--quick]
 * </pre>
 */
public final class SmileBench {
  private final Blocks blocks;

  private SmileBench(boolean quick) {
    this.blocks = new Blocks(quick);
  }

  public static void main(String[] args) {
    SmileBench bench = new SmileBench(Arrays.asList(args).contains("--quick"));
    bench.infer(Workload.TINY);
    bench.infer(Workload.SQUARE);
    bench.infer(Workload.WIDE);
    bench.train(Workload.TINY, "train XOR");
    bench.train(Workload.WIDE, "train 784-128-10");
  }

  private void infer(Workload workload) {
    String row = "infer " + workload.topology() + " float";
    SmileNetwork network = SmileNetwork.of(workload);
    double[] inputs = Doubles.of(workload.inputs());
    Protocol.check(row, Doubles.sum(network.answer(inputs)));
    double base = inputs[0];
    // Measures the latency of 2-2-1; larger networks are not affected.
    blocks.measure(row, () -> inputs[0] = base + 1e-9 * network.answer(inputs)[0]);
  }

  private void train(Workload workload, String row) {
    SmileNetwork network = SmileNetwork.of(workload);
    double[][] inputs = Doubles.inputs(workload.samples());
    double[][] targets = Doubles.targets(workload.samples());
    Runnable run =
        () -> {
          network.restart();
          for (int epoch = 0; epoch < workload.epochs(); epoch++) {
            for (int s = 0; s < inputs.length; s++) {
              network.train(inputs[s], targets[s]);
            }
          }
        };
    run.run();
    double sum = 0;
    for (int s = 0; s < inputs.length; s++) {
      sum += Doubles.squaredError(network.answer(inputs[s]), targets[s]);
    }
    Protocol.check(row, sum / inputs.length);
    blocks.measure(row, run);
  }
}
