package dev.switchback.bench.peers;

import dev.switchback.bench.Workload;
import java.util.ArrayList;
import java.util.List;
import smile.base.mlp.ActivationFunction;
import smile.base.mlp.Cost;
import smile.base.mlp.HiddenLayer;
import smile.base.mlp.Layer;
import smile.base.mlp.MultilayerPerceptron;
import smile.base.mlp.OutputFunction;
import smile.base.mlp.OutputLayer;
import smile.math.TimeFunction;
import smile.math.matrix.Matrix;

/**
 * Smile's perceptron with given weights and targets. Smile's own classifier draws its weights and
 * uses targets 0.1 and 0.9.
 */
final class SmileNetwork extends MultilayerPerceptron {
  private static final long serialVersionUID = 1L;

  private SmileNetwork(Layer... layers) {
    super(layers);
  }

  static SmileNetwork of(Workload workload) {
    int last = workload.topology().layers() - 1;
    List<Layer> layers = new ArrayList<>();
    layers.add(Layer.input(workload.topology().inputs()).build(0));
    for (int l = 0; l < last; l++) {
      layers.add(new Hidden(workload, l));
    }
    layers.add(new Output(workload, last));
    SmileNetwork network = new SmileNetwork(layers.toArray(Layer[]::new));
    if (workload.rate() > 0) {
      network.setLearningRate(TimeFunction.constant(workload.rate()));
    }
    return network;
  }

  double[] answer(double[] inputs) {
    propagate(inputs, false);
    return output.output();
  }

  void train(double[] inputs, double[] targets) {
    propagate(inputs, true);
    System.arraycopy(targets, 0, target.get(), 0, targets.length);
    backpropagate(true);
    t++;
  }

  /** Resets the weights to those of the workload. */
  void restart() {
    for (Layer layer : net) {
      if (layer instanceof Hidden hidden) {
        hidden.restart();
      }
    }
    ((Output) output).restart();
  }

  private static void copy(double[] byNeuron, Matrix weight, double[] bias) {
    int fanIn = weight.ncol();
    for (int column = 0; column < bias.length; column++) {
      for (int row = 0; row < fanIn; row++) {
        weight.set(column, row, byNeuron[column * (fanIn + 1) + row]);
      }
      bias[column] = byNeuron[column * (fanIn + 1) + fanIn];
    }
  }

  private static final class Hidden extends HiddenLayer {
    private static final long serialVersionUID = 1L;
    private final double[] start;

    Hidden(Workload workload, int l) {
      super(
          workload.topology().fanOut(l),
          workload.topology().fanIn(l),
          0,
          ActivationFunction.sigmoid());
      this.start = Doubles.byNeuron(workload, l);
      restart();
    }

    void restart() {
      copy(start, weight, bias);
    }
  }

  private static final class Output extends OutputLayer {
    private static final long serialVersionUID = 1L;
    private final double[] start;

    Output(Workload workload, int l) {
      super(
          workload.topology().fanOut(l),
          workload.topology().fanIn(l),
          OutputFunction.SIGMOID,
          Cost.MEAN_SQUARED_ERROR);
      this.start = Doubles.byNeuron(workload, l);
      restart();
    }

    void restart() {
      copy(start, weight, bias);
    }
  }
}
