package dev.switchback.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchback.image.CHeader;
import dev.switchback.image.ImageVersion;
import dev.switchback.image.Npz;
import dev.switchback.image.Safetensors;
import dev.switchback.image.WeightImage;
import dev.switchback.nn.Parameters;
import dev.switchback.nn.fixed.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a network goes; the name says in which format. */
record WeightOutput(Path path) {
  private static final String IMAGE = ".img";
  private static final String SAFETENSORS = ".safetensors";
  private static final String NPZ = ".npz";
  private static final String C_HEADER = ".h";

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it is of no format that we write
   */
  WeightOutput {
    if (!isNamed(path, IMAGE)
        && !isNamed(path, SAFETENSORS)
        && !isNamed(path, NPZ)
        && !isNamed(path, C_HEADER)) {
      throw new IllegalArgumentException(
          "OUT " + path + ": a name in .img, .safetensors, .npz or .h expected");
    }
  }

  private static boolean isNamed(Path path, String ending) {
    return path.toString().endsWith(ending);
  }

  boolean isImage() {
    return isNamed(path, IMAGE);
  }

  /** Whether who reads the file must be told the activations. */
  boolean losesActivations() {
    return isNamed(path, NPZ);
  }

  /**
   * Writes the network, whole or not at all.
   *
   * @param version of an image
   * @param engine that an image is for
   * @throws Refusal if the format cannot hold the network, or the place is a directory
   * @throws IOException if it cannot be written
   */
  void write(WeightInput network, ImageVersion version, Engine engine) throws Refusal, IOException {
    if (Files.isDirectory(path)) {
      throw new Refusal(ExitCode.USAGE, path + " is a directory");
    }
    WholeFile.requirePlace(path);
    try {
      WholeFile.write(path, bytes(network, version, engine));
    } catch (IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, path + ": " + e.getMessage(), e);
    }
  }

  private byte[] bytes(WeightInput network, ImageVersion version, Engine engine) {
    Parameters parameters = network.parameters();
    if (isImage()) {
      return WeightImage.of(version, parameters, engine, network.metadata()).bytes();
    }
    if (isNamed(path, SAFETENSORS)) {
      return Safetensors.write(parameters, network.metadata());
    }
    return isNamed(path, NPZ) ? Npz.write(parameters) : CHeader.of(parameters).getBytes(US_ASCII);
  }
}
