package dev.switchback.core.fixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Draws;
import dev.switchback.core.nn.FloatLearner;
import dev.switchback.core.nn.FloatModel;
import dev.switchback.core.nn.Layout;
import dev.switchback.core.nn.Loss;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Start;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.UpdateRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FixedGradientTest {
  private static final int ONE = QFormat.ONE;
  private static final long ONE_SQUARED = 1L << 32;

  record Case(Topology topology, Loss loss) {
    @Override
    public String toString() {
      return topology + " " + topology.activationLabels() + " " + loss;
    }
  }

  private static int[] forward(
      FixedLayer first, FixedParameters parameters, int[] inputs, FixedWorkspace workspace) {
    workspace.activations[0] = inputs;
    first.infer(parameters.blocks(), inputs, workspace.outputs(), workspace);
    return workspace.outputs();
  }

  /** Returns the gradient of the float engine, from one step at rate 1. */
  private static float[] floatGradient(
      Parameters parameters, float[] input, float[] target, Loss loss) {
    Recipe recipe =
        new Recipe(
            "one step",
            parameters.topology(),
            new Start(1f, 1f),
            loss,
            Recipe.Batch.FULL,
            new Recipe.Gradient.Backpropagation(),
            UpdateRule.GradientDescent.plain(1f),
            Recipe.Schedule.fixed(1));
    FloatLearner learner =
        new FloatLearner(recipe, new Samples(new float[][] {input}, new float[][] {target}));
    learner.start(parameters);
    learner.measure();
    learner.update();
    float[] gradient = parameters.toArray();
    float[] after = learner.parameters().toArray();
    for (int k = 0; k < gradient.length; k++) {
      gradient[k] -= after[k];
    }
    return gradient;
  }

  @Test
  void passOverTwoTwoOneIsExactByHand() {
    // z1 = (1 + 0.5 + 0.25, -0.5 + 2 - 0.25) = (1.75, 1.25); z2 = 0.875 - 0.625 - 0.25 = 0.
    Topology topology = Topology.parse("2-2-1", Activation.RELU, Activation.SIGMOID);
    FixedLayer network = FixedDenseLayer.chain(topology);
    FixedParameters parameters = new FixedParameters(topology);
    parameters.quantize(
        Parameters.of(topology, 1f, -0.5f, 0.5f, 2f, 0.25f, -0.25f, 0.5f, -0.5f, -0.25f));
    FixedWorkspace workspace = new FixedWorkspace(topology);
    workspace.activations[0][0] = ONE;
    workspace.activations[0][1] = ONE;
    int[] outputs = forward(network, parameters, workspace.activations[0], workspace);
    assertSame(workspace.activations[2], outputs);
    assertArrayEquals(new int[] {114688, 81920}, workspace.activations[1]);
    assertArrayEquals(new int[] {32768}, outputs);

    // Target 1: delta = -0.5 * 0.25; through the weights +-0.5 to the hidden neurons.
    network.backward(parameters.blocks(), new int[] {ONE}, Loss.SQUARED_ERROR, workspace);
    assertArrayEquals(new int[] {-8192}, workspace.deltas[1]);
    assertArrayEquals(new int[] {-4096, 4096}, workspace.deltas[0]);

    long[][] gradient = FixedOptimiser.longBlocks(topology);
    network.accumulate(gradient, workspace);
    network.accumulate(gradient, workspace);
    long eighth = ONE_SQUARED / 8;
    assertArrayEquals(new long[] {-eighth, -eighth, -eighth}, gradient[0]);
    assertArrayEquals(new long[] {eighth, eighth, eighth}, gradient[1]);
    assertArrayEquals(
        new long[] {2 * 114688L * -8192, 2 * 81920L * -8192, -2 * eighth}, gradient[2]);

    network.backward(parameters.blocks(), new int[] {0}, Loss.CROSS_ENTROPY, workspace);
    assertArrayEquals(new int[] {32768}, workspace.deltas[1], "no slope in cross-entropy");
    assertArrayEquals(new int[] {16384, -16384}, workspace.deltas[0]);
  }

  @Test
  void closedReluPassesNothingBack() {
    Topology topology = Topology.parse("1-2-1", Activation.RELU, Activation.LINEAR);
    FixedLayer network = FixedDenseLayer.chain(topology);
    FixedParameters parameters = new FixedParameters(topology);
    parameters.quantize(Parameters.of(topology, 1f, -1f, 0f, 0f, 3f, 3f, 0f));
    FixedWorkspace workspace = new FixedWorkspace(topology);
    workspace.activations[0][0] = 2 * ONE;
    assertArrayEquals(
        new int[] {6 * ONE}, forward(network, parameters, workspace.activations[0], workspace));
    network.backward(parameters.blocks(), new int[] {7 * ONE}, Loss.SQUARED_ERROR, workspace);
    assertArrayEquals(new int[] {-ONE}, workspace.deltas[1]);
    assertArrayEquals(new int[] {-3 * ONE, 0}, workspace.deltas[0]);
  }

  @Test
  void errorBeyondTheRangeSaturates() {
    Topology topology = Topology.parse("1-1", Activation.LINEAR);
    FixedLayer network = FixedDenseLayer.chain(topology);
    FixedParameters parameters = new FixedParameters(topology);
    parameters.quantize(Parameters.of(topology, 100f, 100f));
    FixedWorkspace workspace = new FixedWorkspace(topology);
    workspace.activations[0][0] = ONE;
    assertArrayEquals(
        new int[] {200 * ONE}, forward(network, parameters, workspace.activations[0], workspace));
    network.backward(parameters.blocks(), new int[] {-ONE}, Loss.SQUARED_ERROR, workspace);
    assertArrayEquals(new int[] {QFormat.MAX}, workspace.deltas[0]);
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String widths : new String[] {"3-3-3", "3-17-17", "3-4-16-2"}) {
      for (Activation hidden : Activation.values()) {
        for (Activation output : Activation.values()) {
          if (hidden == Activation.SOFTMAX) {
            continue;
          }
          int layers = widths.split("-", -1).length - 1;
          Activation[] activations = new Activation[layers];
          java.util.Arrays.fill(activations, hidden);
          activations[layers - 1] = output;
          Topology topology = Topology.parse(widths, activations);
          cases.add(new Case(topology, Loss.SQUARED_ERROR));
          if (output == Activation.SIGMOID || output == Activation.SOFTMAX) {
            cases.add(new Case(topology, Loss.CROSS_ENTROPY));
          }
        }
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputsAndGradientAreCloseToTheFloatEngines(Case c) {
    Topology topology = c.topology;
    SplitMix random = new SplitMix(11);
    Parameters drawn = new Parameters(topology);
    for (int l = 0; l < topology.layers(); l++) {
      for (int row = 0; row <= topology.fanIn(l); row++) {
        for (int column = 0; column < topology.fanOut(l); column++) {
          double scale = 1.5 / Math.sqrt(topology.fanIn(l));
          drawn.set(l, row, column, (float) (scale * Draws.signed(random)));
        }
      }
    }
    FixedParameters raw = new FixedParameters(topology);
    raw.quantize(drawn);
    Parameters exact = new Parameters(topology);
    raw.dequantize(exact);

    float[] input = {0.25f, 1f, -0.5f};
    float[] target = new float[topology.outputs()];
    target[1] = 1f;
    float[] outputs = new float[topology.outputs()];
    new FloatModel(exact).infer(input, outputs);
    float[] gradient = floatGradient(exact, input, target, c.loss);

    FixedLayer fixed = FixedDenseLayer.chain(topology);
    FixedWorkspace fixedWorkspace = new FixedWorkspace(topology);
    int[] rawInput = new int[input.length];
    int[] rawTarget = new int[target.length];
    for (int i = 0; i < input.length; i++) {
      rawInput[i] = QFormat.quantize(input[i]);
    }
    rawTarget[1] = ONE;
    int[] rawOutputs = forward(fixed, raw, rawInput, fixedWorkspace);
    fixed.backward(raw.blocks(), rawTarget, c.loss, fixedWorkspace);
    long[][] rawGradient = FixedOptimiser.longBlocks(topology);
    fixed.accumulate(rawGradient, fixedWorkspace);

    for (int j = 0; j < rawOutputs.length; j++) {
      assertEquals(outputs[j], QFormat.dequantize(rawOutputs[j]), 1e-4f);
    }
    Layout layout = Layout.byNeuron(topology);
    double largest = 0.0;
    for (int l = 0; l < topology.layers(); l++) {
      for (int row = 0; row <= topology.fanIn(l); row++) {
        for (int column = 0; column < topology.fanOut(l); column++) {
          double value =
              rawGradient[layout.block(l, row, column)][layout.position(l, row, column)] * 0x1p-32;
          assertEquals(
              gradient[topology.index(l, row, column)], value, 2e-4, "layer " + l + " row " + row);
          largest = Math.max(largest, Math.abs(value));
        }
      }
    }
    assertTrue(largest > 0.01, "a gradient of zeros proves nothing: " + largest);
  }
}
