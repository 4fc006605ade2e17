package dev.switchback.format;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import org.jspecify.annotations.Nullable;

/**
 * Whether an image answers every switch position as a truth table has it: asked by the device
 * before an image may come in or answer, and by whoever is about to send one. Any thread.
 */
public final class ImageSelfTest {
  /** An LED shows one output, or which of two is larger. */
  private static final int MAX_OUTPUTS = 2;

  private ImageSelfTest() {}

  /**
   * Asks for every row of the table.
   *
   * @param engine that would answer
   * @return why the image must not answer, as a clause that follows its name; null if it may
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
