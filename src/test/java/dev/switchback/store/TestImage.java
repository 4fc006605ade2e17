package dev.switchback.store;

import dev.switchback.image.ImageVersion;
import dev.switchback.image.WeightImage;
import dev.switchback.nn.Activation;
import dev.switchback.nn.Parameters;
import dev.switchback.nn.Topology;
import dev.switchback.nn.TruthTable;
import dev.switchback.nn.fixed.Engine;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Images that differ in what they answer; their hidden neurons are OR and AND. */
@SuppressWarnings("ImmutableEnumChecker") // both are, but do not say so
enum TestImage {
  OLD("0110", 20, -20, -10),
  NEW("1001", -20, 20, 10),
  NEWER("1110", 0, -20, 10),
  FACTORY("0111", 20, 0, -10),
  /** The only one that fails the {@link #SELF_TEST}. */
  BAD("0001", 0, 20, -10);

  static final SelfTest SELF_TEST =
      image -> of(image) == BAD ? "answers 0001, which is not wanted here" : null;

  final TruthTable table;
  final WeightImage image;

  TestImage(String digits, float or, float and, float bias) {
    Topology topology = new Topology(new int[] {2, 2, 1}, Activation.SIGMOID, Activation.SIGMOID);
    Parameters parameters = Parameters.of(topology, 20, 20, 20, 20, -10, -30, or, and, bias);
    table = TruthTable.parse(digits);
    image = WeightImage.of(new ImageVersion(1, 0, 0, 0), parameters, Engine.FIXED, Map.of());
  }

  byte[] bytes() {
    return image.bytes();
  }

  /** The image with this hash, if it answers its table on both engines; else a failure. */
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
