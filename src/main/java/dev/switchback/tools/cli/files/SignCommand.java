package dev.switchback.tools.cli.files;

import dev.switchback.ExitCode;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.WholeFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code switchback sign}: signs a weight image. */
@Command(
    name = "sign",
    description = "Signs a weight image, in place of any signature it has.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SignCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

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
  public Integer call() throws Exception {
    Path target = out == null ? file : out;
    WeightImage signed = InputFile.signed(file, InputFile.image(file), InputFile.signingKey(key));
    WholeFile.requirePlace(target);
    WholeFile.write(target, signed.bytes());
    spec.commandLine().getOut().println("written: " + target);
    return ExitCode.OK;
  }
}
