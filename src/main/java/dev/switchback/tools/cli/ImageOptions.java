package dev.switchback.tools.cli;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.core.Engine;
import dev.switchback.format.FormatException;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.SigningKey;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that makes a weight image of any weight file. */
public final class ImageOptions {
  @Option(
      names = "--engine",
      paramLabel = "float|fixed",
      description = "Arithmetic an image is for. Default: what the file names, else float.")
  private @Nullable Engine engine;

  @Option(
      names = "--image-version",
      paramLabel = "VERSION",
      description = "Version of an image, such as 1.2.3+4. Default: that of the file, else 0.1.0.")
  private @Nullable ImageVersion version;

  @Option(
      names = "--sign",
      paramLabel = "KEY",
      completionCandidates = FileNames.Keys.class,
      description = "Sign an image with this private key; see keygen.")
  private @Nullable Path key;

  public boolean areGiven() {
    return asksForAnother() || key != null;
  }

  /** Whether an image would have to be made anew, and not only be signed. */
  public boolean asksForAnother() {
    return engine != null || version != null;
  }

  public @Nullable SigningKey signer() throws Refusal, IOException {
    return key == null ? null : InputFile.signingKey(key);
  }

  /**
   * A new image of a network.
   *
   * @param in where the network is from
   * @param what it is for
   * @throws Refusal naming that, if the network fits no image
   */
  public WeightImage image(WeightFile network, @Nullable SigningKey signer, Path in, Path what)
      throws Refusal, IOException {
    ImageVersion chosen = version == null ? network.version() : version;
    Engine arithmetic = engine(network, in);
    return Blame.on(
        what,
        () -> {
          WeightImage image =
              WeightImage.of(chosen, network.parameters(), arithmetic, network.metadata());
          return signer == null ? image : image.signed(signer);
        });
  }

  private Engine engine(WeightFile network, Path in) throws Refusal {
    if (engine != null) {
      return engine;
    }
    try {
      return network.engine();
    } catch (FormatException e) {
      throw new Refusal(ExitCode.USAGE, in + ": " + e.getMessage() + "; or --engine", e);
    }
  }
}
