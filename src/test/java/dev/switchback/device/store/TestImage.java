package dev.switchback.device.store;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.WeightImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Images by name. All except {@link #BAD} answer exclusive or, each with other weights. */
@SuppressWarnings("ImmutableEnumChecker") // both are, but do not say so
public enum TestImage {
  OLD("0110", 20, -20, -10),
  NEW("0110", 22, -22, -11),
  NEWER("0110", 24, -24, -12),
  /** The factory image of the program. */
  FACTORY("0110", factory()),
  /**
   * The only image that fails the {@link #SELF_TEST} and the self-test of a device that learns XOR.
   */
  BAD("0001", 0, 20, -10);

  static final SelfTest SELF_TEST =
      image -> of(image) == BAD ? "answers 0001, which is not wanted here" : null;

  final TruthTable table;
  final WeightImage image;

  TestImage(String digits, float or, float and, float bias) {
    this(
        digits,
        WeightImage.of(
            new ImageVersion(1, 0, 0, 0), ofOrAndAnd(or, and, bias), Engine.FIXED, Map.of()));
  }

  TestImage(String digits, WeightImage image) {
    this.table = TruthTable.parse(digits);
    this.image = image;
  }

  /** The hidden neurons are OR and AND; the output weights determine the truth table. */
  public static Parameters ofOrAndAnd(float or, float and, float bias) {
    Topology topology = new Topology(new int[] {2, 2, 1}, Activation.SIGMOID, Activation.SIGMOID);
    return Parameters.of(topology, 20, 20, 20, 20, -10, -30, or, and, bias);
  }

  private static WeightImage factory() {
    try (InputStream in =
        Objects.requireNonNull(
            TestImage.class.getResourceAsStream("/dev/switchback/device/node/factory.img"))) {
      return WeightImage.read(in.readAllBytes());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public byte[] bytes() {
    return image.bytes();
  }

  /** Returns the image with a hash; fails unless it answers its table on both engines. */
  static TestImage of(@Nullable WeightImage found) {
    if (found == null) {
      throw new AssertionError("nothing answers");
    }
    for (TestImage candidate : values()) {
      if (candidate.image.hashText().equals(found.hashText())) {
        candidate.requireTable(found);
        return candidate;
      }
    }
    throw new AssertionError("a mixture answers: " + found.hashText());
  }

  private void requireTable(WeightImage found) {
    for (Engine engine : Engine.values()) {
      TruthTable answered = TruthTable.answeredBy(engine.model(found.parameters()));
      if (!answered.equals(table)) {
        throw new AssertionError(this + " answers " + answered + ", not " + table);
      }
    }
  }
}
