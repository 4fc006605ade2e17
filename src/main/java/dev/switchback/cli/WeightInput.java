package dev.switchback.cli;

import dev.switchback.image.FormatException;
import dev.switchback.image.Npz;
import dev.switchback.image.Safetensors;
import dev.switchback.nn.Activation;
import dev.switchback.nn.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * A network from a weight file somebody named: safetensors, or npz.
 *
 * @param metadata what the file says beside the weights; empty for npz
 */
record WeightInput(Parameters parameters, Map<String, String> metadata) {
  /** Larger than any network of eight inputs that we read. */
  private static final long MAX_FILE_BYTES = 1L << 30;

  /**
   * Reads a file, npz if it is named so or begins as a ZIP.
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
    try {
      if (file.toString().endsWith(".npz")) {
        return npz(file, activations);
      }
      byte[] bytes = Files.readAllBytes(file);
      if (beginsAsZip(bytes)) {
        return npz(file, activations);
      }
      Safetensors.Content content = Safetensors.read(bytes, activations);
      return new WeightInput(content.parameters(), content.metadata());
    } catch (FormatException e) {
      throw new Refusal(ExitCode.USAGE, file + ": " + e.getMessage(), e);
    }
  }

  private static WeightInput npz(Path file, IntFunction<Activation[]> activations)
      throws IOException {
    return new WeightInput(Npz.read(file, activations), Map.of());
  }

  private static boolean beginsAsZip(byte[] bytes) {
    return bytes.length > 4 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4;
  }

  /** One activation for all layers, or one for each. */
  static IntFunction<Activation[]> each(List<Activation> activations) {
    Activation[] given = activations.toArray(Activation[]::new);
    return layers -> Activation.ofLayers(layers, given);
  }
}
