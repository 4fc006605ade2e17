package dev.switchback.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.switchback.image.Fann;
import dev.switchback.image.FormatException;
import dev.switchback.image.ImageVersion;
import dev.switchback.image.NpyFiles;
import dev.switchback.image.Npz;
import dev.switchback.image.Safetensors;
import dev.switchback.image.WeightImage;
import dev.switchback.nn.Activation;
import dev.switchback.nn.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A network from a weight file somebody named: an image, safetensors, npz, npy or FANN's.
 *
 * @param metadata what the file says beside the weights; empty where the format has no room for it
 * @param version null for all but images
 */
record WeightInput(
    Parameters parameters, Map<String, String> metadata, @Nullable ImageVersion version) {
  /** Larger than any network of eight inputs that we read. */
  private static final long MAX_FILE_BYTES = 1L << 30;

  private WeightInput(Parameters parameters) {
    this(parameters, Map.of(), null);
  }

  /**
   * Reads a file in the format that its name or its first bytes tell, else as safetensors.
   *
   * @param activations those of so many layers, asked where the file names none
   * @throws Refusal naming the file and what is wrong with it
   * @throws IOException if it cannot be read
   */
  static WeightInput read(Path file, IntFunction<Activation[]> activations)
      throws Refusal, IOException {
    if (Files.isDirectory(file) || Files.size(file) > MAX_FILE_BYTES) {
      throw new Refusal(ExitCode.USAGE, file + " is not a weight file");
    }
    if (InputFile.isImage(file)) {
      WeightImage image = InputFile.image(file);
      return new WeightInput(image.parameters(), image.metadata(), image.version());
    }
    try {
      return readOther(file, activations);
    } catch (FormatException e) {
      throw new Refusal(ExitCode.USAGE, file + ": " + e.getMessage(), e);
    }
  }

  private static WeightInput readOther(Path file, IntFunction<Activation[]> activations)
      throws IOException {
    if (isNamedOrBegins(file, ".npz", "PK\3\4")) {
      return new WeightInput(Npz.read(file, activations));
    }
    if (isNamedOrBegins(file, ".npy", "\u0093NUMPY")) {
      return new WeightInput(NpyFiles.read(file, activations));
    }
    if (isNamedOrBegins(file, ".net", "FANN_")) {
      return new WeightInput(Fann.read(Files.readAllBytes(file)));
    }
    Safetensors.Content content = Safetensors.read(Files.readAllBytes(file), activations);
    return new WeightInput(content.parameters(), content.metadata(), null);
  }

  private static boolean isNamedOrBegins(Path file, String ending, String start)
      throws IOException {
    if (file.toString().endsWith(ending)) {
      return true;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(start.length()), ISO_8859_1).equals(start);
    }
  }

  /** One activation for all layers, or one for each. */
  static IntFunction<Activation[]> each(List<Activation> activations) {
    Activation[] given = activations.toArray(Activation[]::new);
    return layers -> Activation.ofLayers(layers, given);
  }
}
