package dev.switchback.tools.lab;

import dev.switchback.PrintableText;
import dev.switchback.Refusal;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.AnswerRule;
import dev.switchback.format.FormatException;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.FixedPointReport;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.foreign.ActivationNames;
import dev.switchback.tools.foreign.Coding;
import dev.switchback.tools.foreign.Fact;
import dev.switchback.tools.foreign.Stated;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A weight file that a page brings. Any thread. */
final class WeightUpload {
  /** The largest image has room here as text, and the file in the heap of a device with a lab. */
  static final int MAX_BYTES = 8 << 20;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAX_WARNINGS = 2000;

  private final WeightFile file;
  private final Map<String, String> options;
  private final List<String> warnings;

  private WeightUpload(WeightFile file, Map<String, String> options) {
    this.file = file;
    this.options = options;
    this.warnings = new ArrayList<>(file.warnings());
  }

  /**
   * Reads a file.
   *
   * @param options {@code name} says the format by its ending; {@code answer}, {@code coding} and
   *     {@code engine} as the options of {@code convert}; {@code activation} says the activations
   *     of a file that names none
   */
  static WeightUpload read(InputStream body, Map<String, String> options)
      throws IOException, Rejection {
    Path directory = Files.createTempDirectory("switchback-lab");
    Path file = directory.resolve(name(options));
    try {
      save(body, file);
      return new WeightUpload(weights(file, options), options);
    } catch (Refusal e) {
      throw new Rejection(422, String.valueOf(e.getMessage()).replace(directory + "/", ""), e);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  /** A name on this disk; only its ending matters. */
  private static String name(Map<String, String> options) {
    String name = options.getOrDefault("name", "file").replaceAll("[^A-Za-z0-9._-]", "_");
    return name.length() > 100 || name.replace(".", "").isEmpty() ? "file" : name;
  }

  private static void save(InputStream body, Path file) throws IOException, Rejection {
    byte[] buffer = new byte[BUFFER_BYTES];
    int total = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        total += count;
        if (total > MAX_BYTES) {
          throw new Rejection(413, "a weight file has at most " + MAX_BYTES + " bytes");
        }
        out.write(buffer, 0, count);
      }
    }
  }

  private static WeightFile weights(Path file, Map<String, String> options)
      throws Refusal, IOException, Rejection {
    String activations = options.get("activation");
    try {
      WeightFile read = InputFile.weights(file, stated(options, null));
      if (activations == null || !read.assumed().contains(Fact.ACTIVATIONS)) {
        return read;
      }
    } catch (Refusal e) {
      if (activations == null) {
        throw e;
      }
      // Metadata that nobody knows may be why: tried again with what the page says.
    }
    return InputFile.weights(file, stated(options, activations));
  }

  private static Stated stated(Map<String, String> options, @Nullable String activations)
      throws Rejection {
    try {
      String answer = options.get("answer");
      String coding = options.get("coding");
      return new Stated(
          activations == null ? null : ActivationNames.list(activations),
          answer == null ? null : AnswerRule.of(answer),
          coding == null ? null : Coding.parse(coding),
          null,
          null,
          options.containsKey("smooth"),
          Stated.NOTHING.assumedActivations());
    } catch (IllegalArgumentException e) {
      throw new Rejection(400, String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns what was assumed, left out and cut, as printable ASCII; empty if nothing was. */
  String warnings() {
    return PrintableText.of(String.join("; ", warnings), MAX_WARNINGS).replaceAll("[^ -~]", "?");
  }

  /**
   * Returns the weight image of the network; the file itself if it is one.
   *
   * @throws Rejection also if a new image would answer in another way in fixed point
   */
  WeightImage image() throws Rejection {
    WeightImage image = file.image();
    String engine = options.get("engine");
    try {
      if (image != null && engine == null) {
        return image;
      }
      Engine chosen = engine == null ? file.engine() : Engine.of(engine);
      if (chosen == Engine.FIXED) {
        FixedPointReport.of(file, Path.of(name(options)), false).warning().ifPresent(warnings::add);
      }
      return WeightImage.of(file.version(), file.parameters(), chosen, file.metadata());
    } catch (IllegalArgumentException | FormatException | Refusal e) {
      throw new Rejection(422, String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns one output per row and LED in either engine, as JSON. */
  String answers() throws Rejection {
    Parameters parameters = file.parameters();
    Topology topology = parameters.topology();
    if (!TruthTable.fits(topology)) {
      throw new Rejection(
          422,
          topology
              + " answers no table: at most "
              + TruthTable.MAX_INPUTS
              + " switches and "
              + TruthTable.MAX_LEDS
              + " LEDs");
    }
    return Json.object(json -> {
      for (Engine engine : Engine.values()) {
        Json.numbers(json, engine.label(), Answers.of(engine.model(parameters)).displayedOutputs());
      }
    });
  }
}
