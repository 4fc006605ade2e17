package dev.switchback.tools.cli;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.core.Engine;
import dev.switchback.core.Quantization;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.format.ImageMetadata;
import dev.switchback.tools.foreign.WeightFile;
import java.nio.file.Path;
import java.util.Optional;

/** What fixed point changes in a network that is converted; see formats.md, section 9. */
public record FixedPointReport(Quantization found) {
  /** A fraction of a second on a laptop, whatever the size of the network. */
  private static final int WORK = 20_000_000;

  /**
   * Compares the engines.
   *
   * @param what the file to name in an error
   * @param isForced whether changed answers are accepted
   * @throws Refusal if answers change, unless the network was trained for fixed point or states the
   *     answers of fixed point as its lesson
   */
  public static FixedPointReport of(WeightFile network, Path what, boolean isForced)
      throws Refusal {
    Quantization found = Quantization.of(network.parameters(), WORK);
    String lesson = network.metadata().get(ImageMetadata.LESSON);
    boolean isMeant =
        Engine.FIXED.label().equals(network.metadata().get(ImageMetadata.ENGINE))
            || found.inFixed().equals(lesson);
    if (found.changesAnswers() && !isMeant && !isForced) {
      throw new Refusal(
          ExitCode.USAGE,
          what + ": " + changed(found) + "; it " + found,
          "train it in fixed point (train --engine fixed), or accept it with --force");
    }
    return new FixedPointReport(found);
  }

  private static String changed(Quantization found) {
    return "the network answers "
        + found.inFixed()
        + " in fixed point, but "
        + found.inFloat()
        + " in float";
  }

  /** Returns a clause for people. */
  public String describe() {
    String text = QFormat.NAME + ", " + found;
    return found.inFloat().isEmpty() || found.changesAnswers()
        ? text
        : text + ", answers as in float " + found.inFloat();
  }

  /** Returns a warning if answers change, or if something is cut. */
  public Optional<String> warning() {
    if (found.changesAnswers()) {
      return Optional.of(changed(found));
    }
    return found.cuts() ? Optional.of("in fixed point it " + found) : Optional.empty();
  }

  public JsonObject json() {
    return new JsonObject()
        .put("largestRoundingError", found.weightError())
        .put("largestDifference", found.difference())
        .put("cutWeights", found.cutWeights())
        .put("cutsValues", found.cutsValues())
        .put("floatAnswers", found.inFloat().isEmpty() ? null : found.inFloat())
        .put("fixedAnswers", found.inFixed().isEmpty() ? null : found.inFixed());
  }
}
