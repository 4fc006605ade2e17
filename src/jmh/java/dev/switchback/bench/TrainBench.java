package dev.switchback.bench;

import dev.switchback.core.nn.FloatLearner;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Trainer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Our training through the public API: each call is a whole run from the same weights. */
public class TrainBench {

  /** One network in training. */
  public abstract static class Net {
    private final String row;
    private final int epochs;
    private final Parameters start;
    private final FloatLearner learner;

    Net(Workload workload, String row) {
      this.row = row;
      this.epochs = workload.epochs();
      this.start = Parameters.of(workload.topology(), workload.weights());
      this.learner = new FloatLearner(workload.recipe(), workload.samples());
    }

    double run() {
      learner.start(start);
      for (int epoch = 0; epoch < epochs; epoch++) {
        learner.update();
      }
      return learner.loss();
    }

    @Setup
    public void check() {
      run();
      learner.measure();
      Protocol.check(row, learner.loss());
    }

    @TearDown
    public void bytes() {
      Protocol.bytes(row, this::run);
    }
  }

  /** 2-2-1. */
  @State(Scope.Thread)
  public static class Tiny extends Net {
    public Tiny() {
      super(Workload.TINY, "train XOR");
    }
  }

  /** 784-128-10. */
  @State(Scope.Thread)
  public static class Wide extends Net {
    public Wide() {
      super(Workload.WIDE, "train 784-128-10");
    }
  }

  /** Training as on the device: the loss after each epoch, and a new trainer per run. */
  @State(Scope.Thread)
  public static class Whole {
    private final Recipe recipe = Workload.TINY.recipe();
    private final FloatLearner learner = new FloatLearner(recipe, Workload.TINY.samples());
    private final Parameters start =
        Parameters.of(Workload.TINY.topology(), Workload.TINY.weights());

    double run() {
      Trainer trainer = new Trainer(recipe, learner, 1, start);
      while (trainer.step()) {}
      return trainer.resultLoss();
    }

    @Setup
    public void check() {
      Protocol.check("train XOR, Trainer", run());
    }
  }

  @Benchmark
  public double xor(Tiny net, ProcessorShare processor) {
    return net.run();
  }

  @Benchmark
  public double wide(Wide net, ProcessorShare processor) {
    return net.run();
  }

  @Benchmark
  public double xorTrainer(Whole net, ProcessorShare processor) {
    return net.run();
  }
}
