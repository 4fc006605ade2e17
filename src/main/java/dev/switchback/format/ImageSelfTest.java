package dev.switchback.format;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import org.jspecify.annotations.Nullable;

/**
 * Tests whether an image answers every switch position as a truth table requires. The device runs
 * it before it accepts or uses an image, the laptop before it sends one. Any thread.
 */
public final class ImageSelfTest {
  /** An LED shows one output, or which of two outputs is larger. */
  private static final int MAX_OUTPUTS = 2;

  private ImageSelfTest() {}

  /**
   * Tests every row of the table.
   *
   * @param engine the engine that would answer
   * @return why the image fails, as a clause that follows its name; null if it passes
   */
  public static @Nullable String failure(WeightImage image, TruthTable truth, Engine engine) {
    Topology topology = image.topology();
    if (topology.inputs() != truth.inputs()) {
      return "has topology " + topology + ", the device " + truth.inputs() + " switches";
    }
    if (topology.outputs() > MAX_OUTPUTS) {
      return "has topology " + topology + ", an LED needs 1 or 2 outputs";
    }
    Answers answers = Answers.of(engine.model(image.parameters()));
    int row = truth.firstWrongRow(answers);
    return row < 0
        ? null
        : "fails the self-test in %s: switches %s give %s, truth %s asks for %d"
            .formatted(
                engine.label(),
                TruthTable.levels(row, truth.inputs()),
                answers.isFinite(row) ? answers.answer(row) : "no number",
                truth,
                truth.answer(row));
  }
}
