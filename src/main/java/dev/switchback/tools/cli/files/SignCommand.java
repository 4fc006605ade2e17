package dev.switchback.tools.cli.files;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.LessonOption;
import dev.switchback.tools.cli.Subcommand;
import dev.switchback.tools.cli.WholeFile;
import dev.switchback.tools.foreign.WeightFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code switchback sign}: signs a weight image. */
@Command(name = "sign", description = "Signs a weight image; replaces an existing signature.")
public final class SignCommand extends Subcommand {
  @Parameters(
      paramLabel = "FILE",
      completionCandidates = FileNames.Images.class,
      description = "A weight image.")
  private Path file = Path.of("");

  @Option(
      names = {"-k", "--key"},
      paramLabel = "FILE",
      completionCandidates = FileNames.Keys.class,
      required = true,
      description = "Private key; see keygen.")
  private Path key = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      completionCandidates = FileNames.Images.class,
      description = "Output file. Default: overwrite FILE.")
  private @Nullable Path out;

  @Option(
      names = "--image-version",
      paramLabel = "VERSION",
      description = {
        "Version of the signed image, such as 1.2.3; higher than any that the devices have confirmed.",
        "Default: that of the image, unless it is the default version 0.1.0."
      })
  private @Nullable ImageVersion version;

  @Mixin private LessonOption lesson = new LessonOption();

  @Override
  protected void run() throws Exception {
    Path target = out == null ? file : out;
    WholeFile.requireOther(key, target, "name another file with --out");
    WeightImage image = InputFile.image(file);
    if (version == null && image.version().equals(WeightFile.FIRST_VERSION)) {
      throw new Refusal(
          ExitCode.USAGE,
          file
              + " has version "
              + image.version()
              + ", the default; devices refuse signed images older than the newest confirmed one:"
              + " add --image-version 1.0.0");
    }
    WeightImage versioned =
        version == null
            ? image
            : WeightImage.of(version, image.parameters(), image.engine(), image.metadata());
    WeightImage signed =
        InputFile.signed(file, lesson.stated(file, versioned), InputFile.signingKey(key));
    WholeFile.write(target, signed.bytes());
    out().println("written: " + target);
  }
}
