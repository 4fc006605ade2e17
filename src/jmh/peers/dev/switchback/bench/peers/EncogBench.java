package dev.switchback.bench.peers;

import dev.switchback.bench.Protocol;
import dev.switchback.bench.Workload;
import java.util.Arrays;
import org.encog.engine.network.activation.ActivationSigmoid;
import org.encog.ml.data.basic.BasicMLDataSet;
import org.encog.neural.flat.FlatNetwork;
import org.encog.neural.networks.BasicNetwork;
import org.encog.neural.networks.layers.BasicLayer;
import org.encog.neural.networks.training.propagation.back.Backpropagation;

/**
 * Encog, by its fastest public methods: {@link FlatNetwork#compute}, and backpropagation with
 * batches of one on one thread.
 *
 * <pre>
 *   EncogBench [--quick]
 * </pre>
 */
public final class EncogBench {
  private final Blocks blocks;

  private EncogBench(boolean quick) {
    this.blocks = new Blocks(quick);
  }

  public static void main(String[] args) {
    EncogBench bench = new EncogBench(Arrays.asList(args).contains("--quick"));
    bench.infer(Workload.TINY);
    bench.infer(Workload.SQUARE);
    bench.infer(Workload.WIDE);
    bench.train(Workload.TINY, "train XOR");
    bench.train(Workload.WIDE, "train 784-128-10");
  }

  private static BasicNetwork network(Workload workload) {
    BasicNetwork network = new BasicNetwork();
    int layers = workload.topology().layers();
    network.addLayer(new BasicLayer(null, true, workload.topology().inputs()));
    for (int l = 0; l < layers; l++) {
      boolean inner = l < layers - 1;
      network.addLayer(
          new BasicLayer(new ActivationSigmoid(), inner, workload.topology().fanOut(l)));
    }
    network.getStructure().finalizeStructure();
    network.reset();
    double[] weights = weights(workload);
    System.arraycopy(weights, 0, network.getFlat().getWeights(), 0, weights.length);
    return network;
  }

  /** Returns the weights, last layer first. */
  private static double[] weights(Workload workload) {
    double[] values = new double[workload.topology().parameterCount()];
    int at = 0;
    for (int l = workload.topology().layers() - 1; l >= 0; l--) {
      double[] layer = Doubles.byNeuron(workload, l);
      System.arraycopy(layer, 0, values, at, layer.length);
      at += layer.length;
    }
    return values;
  }

  private void infer(Workload workload) {
    String row = "infer " + workload.topology() + " float";
    FlatNetwork flat = network(workload).getFlat();
    double[] inputs = Doubles.of(workload.inputs());
    double[] outputs = new double[workload.topology().outputs()];
    flat.compute(inputs, outputs);
    Protocol.check(row, Doubles.sum(outputs));
    double base = inputs[0];
    // Measures the latency of 2-2-1; larger networks are not affected.
    blocks.measure(
        row,
        () -> {
          flat.compute(inputs, outputs);
          inputs[0] = base + 1e-9 * outputs[0];
        });
  }

  private void train(Workload workload, String row) {
    BasicNetwork network = network(workload);
    double[] start = network.getFlat().getWeights().clone();
    double[][] inputs = Doubles.inputs(workload.samples());
    double[][] targets = Doubles.targets(workload.samples());
    Backpropagation training =
        new Backpropagation(network, new BasicMLDataSet(inputs, targets), workload.rate(), 0);
    // Without this, it adds 0.1 to the derivative.
    training.fixFlatSpot(false);
    training.setThreadCount(1);
    training.setBatchSize(1);
    Runnable run =
        () -> {
          System.arraycopy(start, 0, network.getFlat().getWeights(), 0, start.length);
          for (int epoch = 0; epoch < workload.epochs(); epoch++) {
            training.iteration();
          }
        };
    run.run();
    double[] outputs = new double[workload.topology().outputs()];
    double sum = 0;
    for (int s = 0; s < inputs.length; s++) {
      network.compute(inputs[s], outputs);
      sum += Doubles.squaredError(outputs, targets[s]);
    }
    Protocol.check(row, sum / inputs.length);
    blocks.measure(row, run);
    training.finishTraining();
  }
}
