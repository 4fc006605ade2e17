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
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that convert weight files to weight images. */
public final class ImageOptions {
  @Option(
      names = "--engine",
      paramLabel = "float|fixed",
      description = "Arithmetic of the image. Default: as stored in the file, else float.")
  private @Nullable Engine engine;

  @Option(
      names = "--image-version",
      paramLabel = "VERSION",
      description = "Image version, such as 1.2.3+4. Default: as stored in the file, else 0.1.0.")
  private @Nullable ImageVersion version;

  @Mixin private LessonOption lesson = new LessonOption();

  @Option(
      names = "--sign",
      paramLabel = "KEY",
      completionCandidates = FileNames.Keys.class,
      description = "Sign the image with this private key; see keygen.")
  private @Nullable Path key;

  @Option(
      names = "--force",
      description = "Accept other answers in fixed point. Of convert, also: overwrite IN.")
  private boolean isForced;

  public boolean isForced() {
    return isForced;
  }

  public boolean areGiven() {
    return asksForAnother() || key != null;
  }

  /** Returns whether the options require a new image, not just a signature. */
  public boolean asksForAnother() {
    return engine != null || version != null || lesson.isGiven();
  }

  public @Nullable SigningKey signer() throws Refusal, IOException {
    return key == null ? null : InputFile.signingKey(key);
  }

  /**
   * Returns a new image of a network.
   *
   * @param in source file of the network
   * @param what the file or option to name in an error
   * @throws Refusal if the network does not fit into an image
   */
  public WeightImage image(WeightFile network, @Nullable SigningKey signer, Path in, Path what)
      throws Refusal, IOException {
    ImageVersion chosen = version == null ? network.version() : version;
    Engine arithmetic = engine(network, in);
    Map<String, String> metadata = lesson.metadata(network);
    WeightImage image =
        Blame.on(what, () -> WeightImage.of(chosen, network.parameters(), arithmetic, metadata));
    lesson.require(in, image);
    return signer == null ? image : InputFile.signed(what, image, signer);
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
