package dev.switchback.tools.cli.files;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchback.core.nn.Parameters;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.foreign.CHeader;
import dev.switchback.tools.foreign.CModel;
import dev.switchback.tools.foreign.CStyle;
import dev.switchback.tools.foreign.InputRange;
import dev.switchback.tools.foreign.WeightFile;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/**
 * A C header and what it needs on a microcontroller.
 *
 * @param network from which it was made
 * @param model the same as the header holds it
 */
record CHeaderFile(Parameters network, CModel model, String text) {

  /**
   * Makes the header of a network.
   *
   * @throws IllegalArgumentException if the network is too large
   */
  static CHeaderFile of(WeightFile from, CStyle style) {
    CModel model = new CModel(from.parameters(), style);
    WeightImage image = from.image();
    return new CHeaderFile(
        from.parameters(), model, CHeader.of(model, image == null ? null : image.version()));
  }

  byte[] bytes() {
    return text.getBytes(US_ASCII);
  }

  /** Returns a warning if shorter tables change answers. */
  Optional<String> warning() {
    List<String> changed = model.changed(network);
    return changed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "with %s table steps the network answers otherwise than the fixed engine in position %s"
                .formatted(model.style().tableSteps(), String.join(" ", changed)));
  }

  /** Prints the sizes and limits. */
  void print(PrintWriter result) {
    double limit = model.inputLimit();
    result.println(
        "data on AVR and Cortex-M0: %s bytes of flash, %s bytes of RAM on the stack"
            .formatted(model.flashBytes(), model.ramBytes()));
    result.println("safe inputs: " + (limit < 0 ? "none" : new InputRange(-limit, limit)));
    double error = model.tableError();
    double toEngine = model.tableErrorToEngine();
    if (error > 0) {
      result.println(
          "tables: %s steps, within %s of the exact function%s"
              .formatted(
                  model.style().tableSteps(),
                  CModel.error(error),
                  toEngine == 0
                      ? ""
                      : ", within " + CModel.error(toEngine) + " of the fixed engine"));
    }
  }

  /** Returns the sizes and limits; sizes are the same on AVR and Cortex-M0. */
  JsonObject json() {
    return new JsonObject()
        .put("flashBytes", model.flashBytes())
        .put("ramBytes", model.ramBytes())
        .put("inputLimit", model.inputLimit())
        .put("tableSteps", model.style().tableSteps())
        .put("tableError", model.tableError())
        .put("tableErrorToEngine", model.tableErrorToEngine());
  }
}
