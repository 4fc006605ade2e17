package dev.switchback.tools.cli.files;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import dev.switchback.format.VerifyingKey;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.JsonOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code switchback verify}: checks a weight image, and whose it is. */
@Command(
    name = "verify",
    description = {
      "Checks a weight image: form, hash, network, and with --key its signature.",
      "",
      "Exit code 0 if all is well; else 2, and the check that failed.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "A weight image.")
  private Path file = Path.of("");

  @Option(
      names = {"-k", "--key"},
      paramLabel = "FILE",
      description = "The key the image must be signed by, its public or private half.")
  private @Nullable Path key;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    WeightImage image = InputFile.image(file);
    VerifyingKey signer = key == null ? null : InputFile.verifyingKey(key);
    if (signer != null) {
      requireSignedBy(signer, image);
    }
    if (json) {
      printJson(image, signer);
    } else {
      print(spec.commandLine().getOut(), image, signer);
    }
    return ExitCode.OK;
  }

  private void requireSignedBy(VerifyingKey signer, WeightImage image) throws Refusal {
    try {
      image.requireSignedBy(signer);
    } catch (FormatException e) {
      throw new Refusal(ExitCode.USAGE, file + ": " + e.getMessage(), e);
    }
  }

  private void print(PrintWriter out, WeightImage image, @Nullable VerifyingKey signer) {
    Topology topology = image.topology();
    out.println(file + ": weight image " + image.version());
    out.println("form       ok");
    out.println("hash       ok, " + image.hashText());
    out.println("network    ok, " + topology + " " + topology.activationLabels());
    out.println("signature  " + signature(image, signer));
  }

  private static String signature(WeightImage image, @Nullable VerifyingKey signer) {
    if (signer != null) {
      return "ok, by key " + signer.hashText();
    }
    return image.isSigned() ? "not checked: name a --key" : "none";
  }

  private void printJson(WeightImage image, @Nullable VerifyingKey signer) throws IOException {
    JsonOutput.print(
        spec.commandLine().getOut(),
        fields -> {
          fields.writeStringField("file", file.toString());
          fields.writeStringField("version", image.version().toString());
          fields.writeStringField("sha256", image.hashText());
          fields.writeBooleanField("signed", image.isSigned());
          fields.writeBooleanField("verified", signer != null);
        });
  }
}
