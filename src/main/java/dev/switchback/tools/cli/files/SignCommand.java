package dev.switchback.tools.cli.files;

import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.Subcommand;
import dev.switchback.tools.cli.WholeFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code switchback sign}: signs a weight image. */
@Command(name = "sign", description = "Signs a weight image, in place of any signature it has.")
public final class SignCommand extends Subcommand {
  @Parameters(paramLabel = "FILE", description = "A weight image.")
  private Path file = Path.of("");

  @Option(
      names = {"-k", "--key"},
      paramLabel = "FILE",
      required = true,
      description = "The private key, see keygen.")
  private Path key = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Where to write the signed image. Default: the file itself.")
  private @Nullable Path out;

  @Override
  protected void run() throws Exception {
    Path target = out == null ? file : out;
    WeightImage signed = InputFile.signed(file, InputFile.image(file), InputFile.signingKey(key));
    WholeFile.write(target, signed.bytes());
    out().println("written: " + target);
  }
}
