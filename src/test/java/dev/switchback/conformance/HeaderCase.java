package dev.switchback.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.core.fixed.FixedModel;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Topology;
import dev.switchback.tools.foreign.CHeader;
import dev.switchback.tools.foreign.CModel;
import dev.switchback.tools.foreign.CStyle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A network whose C header is compiled and asked about points, on any machine.
 *
 * @param points raw inputs, one after another
 */
@SuppressWarnings("ArrayRecordComponent") // read by one test each
record HeaderCase(Parameters network, CStyle style, int[] points) {
  static final int[] EXTREMES = {
    Integer.MIN_VALUE,
    Integer.MAX_VALUE,
    QFormat.MIN_VALUE - 1,
    QFormat.MIN_VALUE,
    QFormat.MAX_VALUE,
    QFormat.MAX_VALUE + 1,
    QFormat.MIN,
    QFormat.MAX,
    -17 * QFormat.ONE - 1,
    7 * QFormat.ONE + 1,
    -1,
    0,
    QFormat.ONE
  };

  static Topology topology(String widths, String activations) {
    return Topology.parse(
        widths,
        Arrays.stream(activations.split(",", -1)).map(Activation::of).toArray(Activation[]::new));
  }

  static Parameters random(Topology topology, float range) {
    SplitMix stream = new SplitMix(7);
    float[] values = new float[topology.parameterCount()];
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) stream.nextGaussian() * range;
    }
    return Parameters.of(topology, values);
  }

  /** Returns points that are dense around 0 and 1, then ones of any size, then the extremes. */
  static int[] points(int inputs, int count) {
    SplitMix stream = new SplitMix(8);
    int[] points = new int[count * inputs];
    for (int k = 0; k < points.length; k++) {
      int point = k / inputs;
      points[k] =
          point < count / 2
              ? QFormat.quantizeValue((float) stream.nextGaussian())
              : point < 3 * count / 4
                  ? (int) (stream.nextLong() >> 36)
                  : EXTREMES[Math.floorMod(stream.nextLong(), EXTREMES.length)];
    }
    return points;
  }

  /** Returns a name for tables. */
  @Override
  public String toString() {
    Topology topology = network.topology();
    return topology + " " + topology.activationLabels() + " " + style.tableSteps();
  }

  String header() {
    return CHeader.of(new CModel(network, style), null);
  }

  int inputBytes() {
    return Integer.BYTES * network.topology().inputs();
  }

  /** Bytes of the outputs of a point, and of what infer and predict return there. */
  int resultBytes() {
    return Integer.BYTES * (network.topology().outputs() + 2);
  }

  byte[] pointBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES * points.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(points);
    return bytes.array();
  }

  /** Requires the outputs of the fixed engine, bit for bit, and the right answers. */
  void requireRight(byte[] results) {
    CModel model = new CModel(network, style);
    FixedModel engine = new FixedModel(network);
    Topology topology = network.topology();
    int[] inputs = new int[topology.inputs()];
    int[] outputs = new int[topology.outputs()];
    int[] ofEngine = new int[topology.outputs()];
    int[] found = new int[results.length / Integer.BYTES];
    ByteBuffer.wrap(results).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(found);
    int[] expected = new int[points.length / inputs.length * (outputs.length + 2)];
    assertEquals(expected.length, found.length);
    int k = 0;
    for (int p = 0; p < points.length; p += inputs.length) {
      System.arraycopy(points, p, inputs, 0, inputs.length);
      boolean isCut = model.infer(inputs, outputs);
      if (style.tableSteps() == CStyle.DEFAULT.tableSteps()) {
        engine.inferRaw(saturated(inputs), ofEngine);
        assertArrayEquals(ofEngine, outputs, () -> "at " + Arrays.toString(inputs));
      }
      System.arraycopy(outputs, 0, expected, k, outputs.length);
      k += outputs.length;
      expected[k++] = isCut ? 1 : 0;
      expected[k++] = model.predict(inputs);
    }
    int difference = Arrays.mismatch(expected, found);
    if (difference >= 0) {
      throw new AssertionError(
          "value %s: %s expected, C gave %s"
              .formatted(difference, expected[difference], found[difference]));
    }
  }

  /** The engine expects raw values in its range, as it makes them of floats. */
  private static int[] saturated(int[] inputs) {
    return Arrays.stream(inputs)
        .map(raw -> Math.clamp(raw, QFormat.MIN_VALUE, QFormat.MAX_VALUE))
        .toArray();
  }
}
