package dev.switchback.tools.plot;

import dev.switchback.core.LossCurve.Point;
import dev.switchback.core.fixed.FixedModel;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.FloatModel;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Start;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.plot.FormingPicture.Frame;
import java.util.ArrayList;
import java.util.List;

/** Networks and pictures the tests share. */
final class PictureCases {
  /** A 2-2-1 sigmoid network that has learnt exclusive or. */
  static final Parameters XOR =
      Parameters.of(
          Topology.parse("2-2-1", Activation.SIGMOID),
          13.7f,
          4.14f,
          12f,
          3.08f,
          -3.71f,
          -5.49f,
          9.42f,
          -8.47f,
          -4.66f);

  /** Everything that can be wrong with a weight. */
  static final Parameters EXTREME =
      Parameters.of(
          Topology.parse("2-2-1", Activation.SIGMOID),
          1e30f,
          -3e-20f,
          0f,
          Float.NEGATIVE_INFINITY,
          Float.NaN,
          12.345f,
          -99.99f,
          1e-3f,
          5f);

  static final String LONG_TITLE = "A <long> & \"winding\" title that does not fit ".repeat(9);

  private PictureCases() {}

  static Model model(Parameters parameters) {
    return new FloatModel(parameters);
  }

  static DecisionMap map(Parameters parameters, int side) {
    return DecisionMap.of(model(parameters), side);
  }

  static DecisionMap fixedMap(Parameters parameters, int side) {
    return DecisionMap.of(new FixedModel(parameters), side);
  }

  static Parameters random(String topology, long seed, Activation... activations) {
    Parameters parameters = new Parameters(Topology.parse(topology, activations));
    new Start(2, 1).draw(new SplitMix(seed), parameters);
    return parameters;
  }

  static Parameters softmax() {
    return random("2-8-2", 1, Activation.RELU, Activation.SOFTMAX);
  }

  /** A linear network of one output. */
  static Parameters linear(float... values) {
    return Parameters.of(Topology.parse(values.length - 1 + "-1", Activation.LINEAR), values);
  }

  /** Exclusive or growing out of nothing. */
  static List<Frame> forming(int frames, int side) {
    List<Frame> all = new ArrayList<>();
    float[] learnt = XOR.toArray();
    for (int k = 1; k <= frames; k++) {
      float[] values = learnt.clone();
      for (int p = 0; p < values.length; p++) {
        values[p] *= (float) k / frames;
      }
      DecisionMap map = map(Parameters.of(XOR.topology(), values), side);
      all.add(new Frame(10 * k, 0.25 / k, map));
    }
    return all;
  }

  /** Falls, jumps at a restart, misses some, ends at zero. */
  static LossPicture.Curve eventful(String name) {
    List<Point> points = new ArrayList<>();
    for (int epoch = 0; epoch < 100; epoch++) {
      double loss = 0.3 / (1 + epoch % 50 * (epoch % 50));
      boolean isMissing = epoch > 20 && epoch < 30;
      points.add(new Point(epoch, isMissing ? Double.NaN : epoch > 95 ? 0 : loss, epoch / 50));
    }
    return new LossPicture.Curve(name, points);
  }

  static LossPicture.Curve curve(String name, double... losses) {
    List<Point> points = new ArrayList<>();
    for (int epoch = 0; epoch < losses.length; epoch++) {
      points.add(new Point(epoch, losses[epoch]));
    }
    return new LossPicture.Curve(name, points);
  }

  /** A truth table of the number of ones. */
  static TruthTable parity(int inputs) {
    StringBuilder digits = new StringBuilder();
    for (int row = 0; row < 1 << inputs; row++) {
      digits.append(Integer.bitCount(row) % 2);
    }
    return TruthTable.parse(digits.toString());
  }
}
