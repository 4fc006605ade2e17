package dev.switchback.tools.lab;

import dev.switchback.Refusal;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.AnswerRule;
import dev.switchback.format.FormatException;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.foreign.ActivationNames;
import dev.switchback.tools.foreign.Coding;
import dev.switchback.tools.foreign.Stated;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A weight file that a page brings. Any thread. */
final class WeightUpload {
  /** The largest image has room here as text, and the file in the heap of a device with a lab. */
  static final int MAX_BYTES = 8 << 20;

  private static final int BUFFER_BYTES = 1 << 16;

  private final WeightFile file;
  private final Map<String, String> options;

  private WeightUpload(WeightFile file, Map<String, String> options) {
    this.file = file;
    this.options = options;
  }

  /**
   * Reads a file.
   *
   * @param options {@code name} says the format by its ending; {@code activation}, {@code answer}
   *     and {@code engine} as the options of {@code convert}
   */
  static WeightUpload read(InputStream body, Map<String, String> options)
      throws IOException, Rejection {
    Path directory = Files.createTempDirectory("switchback-lab");
    Path file = directory.resolve(name(options));
    try {
      save(body, file);
      return new WeightUpload(InputFile.weights(file, stated(options)), options);
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

  /** Returns what the page says about the file; its options are those of {@code convert}. */
  private static Stated stated(Map<String, String> options) throws Rejection {
    try {
      String activations = options.get("activation");
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

  /** Returns the weight image of the network; the file itself if it is one. */
  WeightImage image() throws Rejection {
    WeightImage image = file.image();
    String engine = options.get("engine");
    try {
      return image != null && engine == null
          ? image
          : WeightImage.of(
              file.version(),
              file.parameters(),
              engine == null ? file.engine() : Engine.of(engine),
              file.metadata());
    } catch (IllegalArgumentException | FormatException e) {
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
