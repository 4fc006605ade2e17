package dev.switchback.bench;

import dev.switchback.core.fixed.FixedModel;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.FloatModel;
import dev.switchback.core.nn.Parameters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Our forward passes through the public API; integers use raw values, as the rival does. For 2-2-1
 * it measures latency: each input depends on the previous output. The loop is the same as the
 * rivals', so compilers have the same freedom.
 */
public class InferBench {
  private static final int CALLS = 1000;

  /** One network in both engines. */
  public abstract static class Net {
    private final Workload workload;
    final FloatModel inFloat;
    final FixedModel inFixed;
    final float[] inputs;
    final float[] outputs;
    final int[] rawInputs;
    final int[] rawOutputs;

    Net(Workload workload) {
      this.workload = workload;
      Parameters parameters = Parameters.of(workload.topology(), workload.weights());
      this.inFloat = new FloatModel(parameters);
      this.inFixed = new FixedModel(parameters);
      this.inputs = workload.inputs();
      this.outputs = new float[workload.topology().outputs()];
      this.rawInputs = new int[inputs.length];
      this.rawOutputs = new int[outputs.length];
      for (int i = 0; i < inputs.length; i++) {
        rawInputs[i] = QFormat.quantize(inputs[i]);
      }
    }

    @Setup
    public void check() {
      inFloat.infer(inputs, outputs);
      Protocol.check("infer " + workload.topology() + " float", Workload.sum(outputs));
      inFixed.infer(inputs, outputs);
      Protocol.check("infer " + workload.topology() + " fixed", Workload.sum(outputs));
    }

    /** Measures allocation after the warm-up, in compiled code. */
    @TearDown
    public void bytes() {
      Protocol.bytes(
          "infer " + workload.topology() + " float", () -> inFloat.infer(inputs, outputs));
      Protocol.bytes(
          "infer " + workload.topology() + " fixed", () -> inFixed.inferRaw(rawInputs, rawOutputs));
    }
  }

  /** 2-2-1. */
  @State(Scope.Thread)
  public static class Tiny extends Net {
    public Tiny() {
      super(Workload.TINY);
    }
  }

  /** 64-64-64-10. */
  @State(Scope.Thread)
  public static class Square extends Net {
    public Square() {
      super(Workload.SQUARE);
    }
  }

  /** 784-128-10. */
  @State(Scope.Thread)
  public static class Wide extends Net {
    public Wide() {
      super(Workload.WIDE);
    }
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public float tinyFloat(Tiny net, ProcessorShare processor) {
    float base = net.inputs[0];
    for (int call = 0; call < CALLS; call++) {
      net.inFloat.infer(net.inputs, net.outputs);
      net.inputs[0] = base + 1e-9f * net.outputs[0];
    }
    net.inputs[0] = base;
    return net.outputs[0];
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public int tinyFixed(Tiny net, ProcessorShare processor) {
    int base = net.rawInputs[0];
    for (int call = 0; call < CALLS; call++) {
      net.inFixed.inferRaw(net.rawInputs, net.rawOutputs);
      net.rawInputs[0] = base + (net.rawOutputs[0] >> 30);
    }
    net.rawInputs[0] = base;
    return net.rawOutputs[0];
  }

  @Benchmark
  public float[] squareFloat(Square net, ProcessorShare processor) {
    net.inFloat.infer(net.inputs, net.outputs);
    return net.outputs;
  }

  @Benchmark
  public int[] squareFixed(Square net, ProcessorShare processor) {
    net.inFixed.inferRaw(net.rawInputs, net.rawOutputs);
    return net.rawOutputs;
  }

  @Benchmark
  public float[] wideFloat(Wide net, ProcessorShare processor) {
    net.inFloat.infer(net.inputs, net.outputs);
    return net.outputs;
  }

  @Benchmark
  public int[] wideFixed(Wide net, ProcessorShare processor) {
    net.inFixed.inferRaw(net.rawInputs, net.rawOutputs);
    return net.rawOutputs;
  }
}
