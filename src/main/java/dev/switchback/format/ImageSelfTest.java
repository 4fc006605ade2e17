package dev.switchback.format;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Model;
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
    Model model = engine.model(image.parameters());
    int row = truth.firstWrongRow(model);
    return row < 0
        ? null
        : "fails the self-test in %s: switches %s give %s, truth %s asks for %d"
            .formatted(
                engine.label(),
                TruthTable.levels(row, truth.inputs()),
                answer(model, truth, row),
                truth,
                truth.answer(row));
  }

  private static String answer(Model model, TruthTable truth, int row) {
    float[] inputs = new float[truth.inputs()];
    float[] outputs = new float[model.topology().outputs()];
    truth.fillInputs(row, inputs);
    model.infer(inputs, outputs);
    return Model.isFinite(outputs) ? String.valueOf(Model.answer(outputs)) : "no number";
  }
}
