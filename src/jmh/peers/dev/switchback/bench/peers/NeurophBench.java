package dev.switchback.bench.peers;

import dev.switchback.bench.Protocol;
import dev.switchback.bench.Workload;
import java.util.Arrays;
import org.neuroph.core.data.DataSet;
import org.neuroph.nnet.MultiLayerPerceptron;
import org.neuroph.nnet.learning.BackPropagation;
import org.neuroph.util.TransferFunctionType;

/**
 * Neuroph: plain backpropagation without batches.
 *
 * <pre>
 *   NeurophBench [--quick]
 * </pre>
 */
public final class NeurophBench {
  private final Blocks blocks;

  private NeurophBench(boolean quick) {
    this.blocks = new Blocks(quick);
  }

  public static void main(String[] args) {
    NeurophBench bench = new NeurophBench(Arrays.asList(args).contains("--quick"));
    bench.infer(Workload.TINY);
    bench.infer(Workload.SQUARE);
    bench.infer(Workload.WIDE);
    bench.train(Workload.TINY, "train XOR");
    bench.train(Workload.WIDE, "train 784-128-10");
  }

  private static MultiLayerPerceptron network(Workload workload) {
    int[] widths = new int[workload.topology().layers() + 1];
    Arrays.setAll(widths, workload.topology()::width);
    MultiLayerPerceptron network = new MultiLayerPerceptron(TransferFunctionType.SIGMOID, widths);
    network.setWeights(weights(workload));
    return network;
  }

  private static double[] weights(Workload workload) {
    double[] values = new double[workload.topology().parameterCount()];
    for (int l = 0; l < workload.topology().layers(); l++) {
      double[] layer = Doubles.byNeuron(workload, l);
      System.arraycopy(layer, 0, values, workload.topology().offset(l), layer.length);
    }
    return values;
  }

  private static double[] answer(MultiLayerPerceptron network, double[] inputs) {
    network.setInput(inputs);
    network.calculate();
    return network.getOutput();
  }

  private void infer(Workload workload) {
    String row = "infer " + workload.topology() + " float";
    MultiLayerPerceptron network = network(workload);
    double[] inputs = Doubles.of(workload.inputs());
    Protocol.check(row, Doubles.sum(answer(network, inputs)));
    double base = inputs[0];
    // Measures the latency of 2-2-1; larger networks are not affected.
    blocks.measure(row, () -> inputs[0] = base + 1e-9 * answer(network, inputs)[0]);
  }

  private void train(Workload workload, String row) {
    MultiLayerPerceptron network = network(workload);
    double[][] inputs = Doubles.inputs(workload.samples());
    double[][] targets = Doubles.targets(workload.samples());
    DataSet samples = new DataSet(workload.topology().inputs(), workload.topology().outputs());
    for (int s = 0; s < inputs.length; s++) {
      samples.add(inputs[s], targets[s]);
    }
    BackPropagation rule = new BackPropagation();
    rule.setLearningRate(workload.rate());
    rule.setMaxIterations(workload.epochs());
    rule.setMaxError(0);
    network.setLearningRule(rule);
    double[] start = weights(workload);
    Runnable run =
        () -> {
          network.setWeights(start);
          network.learn(samples);
        };
    run.run();
    double sum = 0;
    for (int s = 0; s < inputs.length; s++) {
      sum += Doubles.squaredError(answer(network, inputs[s]), targets[s]);
    }
    Protocol.check(row, sum / inputs.length);
    blocks.measure(row, run);
  }
}
