package dev.switchback.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchback.image.CHeader;
import dev.switchback.image.ImageVersion;
import dev.switchback.image.Npz;
import dev.switchback.image.Safetensors;
import dev.switchback.image.SigningKey;
import dev.switchback.image.WeightImage;
import dev.switchback.nn.Parameters;
import dev.switchback.nn.fixed.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

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
   * @param signer of an image; null leaves it unsigned
   * @throws Refusal if the format cannot hold the network, or the place is a directory
   * @throws IOException if it cannot be written
   */
  void write(WeightInput network, ImageVersion version, Engine engine, @Nullable SigningKey signer)
      throws Refusal, IOException {
    if (Files.isDirectory(path)) {
      throw new Refusal(ExitCode.USAGE, path + " is a directory");
    }
    WholeFile.requirePlace(path);
    try {
      WholeFile.write(path, bytes(network, version, engine, signer));
    } catch (IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, path + ": " + e.getMessage(), e);
    }
  }

  private byte[] bytes(
      WeightInput network, ImageVersion version, Engine engine, @Nullable SigningKey signer) {
    Parameters parameters = network.parameters();
    if (isImage()) {
      WeightImage image = WeightImage.of(version, parameters, engine, network.metadata());
      return (signer == null ? image : image.signed(signer)).bytes();
    }
    if (isNamed(path, SAFETENSORS)) {
      return Safetensors.write(parameters, network.metadata());
    }
    return isNamed(path, NPZ) ? Npz.write(parameters) : CHeader.of(parameters).getBytes(US_ASCII);
  }
}
