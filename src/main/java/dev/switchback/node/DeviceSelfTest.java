package dev.switchback.node;

import dev.switchback.image.WeightImage;
import dev.switchback.nn.Model;
import dev.switchback.nn.Topology;
import dev.switchback.nn.TruthTable;
import dev.switchback.nn.fixed.Engine;
import dev.switchback.store.SelfTest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether an image answers every switch position as configured, in the engine that would answer.
 *
 * @param engine asked at each test
 */
record DeviceSelfTest(TruthTable truth, Supplier<Engine> engine) implements SelfTest {
  @Override
  public @Nullable String failure(WeightImage image) {
    Topology topology = image.topology();
    if (topology.inputs() != truth.inputs()) {
      return "has topology " + topology + ", the device " + truth.inputs() + " switches";
    }
    if (topology.outputs() > 2) {
      return "has topology " + topology + ", an LED needs 1 or 2 outputs";
    }
    return failure(engine.get(), engine.get().model(image.parameters()));
  }

  private @Nullable String failure(Engine tested, Model model) {
    float[] inputs = new float[truth.inputs()];
    float[] outputs = new float[model.topology().outputs()];
    for (int row = 0; row < truth.rows(); row++) {
      truth.fillInputs(row, inputs);
      model.infer(inputs, outputs);
      String found = isFinite(outputs) ? String.valueOf(Model.answer(outputs)) : "no number";
      String expected = String.valueOf(truth.answer(row));
      if (!found.equals(expected)) {
        return "fails the self-test in %s: switches %s give %s, truth %s asks for %s"
            .formatted(
                tested.label(), TruthTable.levels(row, truth.inputs()), found, truth, expected);
      }
    }
    return null;
  }

  private static boolean isFinite(float[] outputs) {
    for (float output : outputs) {
      if (!Float.isFinite(output)) {
        return false;
      }
    }
    return true;
  }
}
