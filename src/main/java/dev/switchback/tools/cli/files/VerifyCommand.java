package dev.switchback.tools.cli.files;

import dev.switchback.core.nn.Topology;
import dev.switchback.format.VerifyingKey;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.Blame;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.Report;
import dev.switchback.tools.cli.Subcommand;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code switchback verify}: checks a weight image and its signature. */
@Command(
    name = "verify",
    description = {
      "Checks a weight image: structure, hash, network, and with --key its signature.",
      "",
      "The exit code is 0 if all checks pass, else 2; the failed check is printed.",
      ""
    })
public final class VerifyCommand extends Subcommand {
  @Parameters(
      paramLabel = "FILE",
      completionCandidates = FileNames.Images.class,
      description = "A weight image.")
  private Path file = Path.of("");

  @Option(
      names = {"-k", "--key"},
      paramLabel = "FILE",
      completionCandidates = FileNames.Keys.class,
      description = "Key that must have signed the image, public or private half.")
  private @Nullable Path key;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Override
  protected void run() throws Exception {
    WeightImage image = InputFile.image(file);
    VerifyingKey signer = key == null ? null : InputFile.verifyingKey(key);
    if (signer != null) {
      Blame.on(
          file,
          () -> {
            image.requireSignedBy(signer);
            return image;
          });
    }
    print(json, new Verification(file, image, signer));
  }

  /**
   * An image that passed all checks.
   *
   * @param signer key that signed it; null if the signature was not checked
   */
  private record Verification(Path file, WeightImage image, @Nullable VerifyingKey signer)
      implements Report {
    @Override
    public void print(PrintWriter out) {
      Topology topology = image.topology();
      out.println(file + ": weight image " + image.version());
      out.println("form       ok");
      out.println("hash       ok, " + image.hashText());
      out.println("network    ok, " + topology + " " + topology.activationLabels());
      out.println("signature  " + signature());
    }

    private String signature() {
      if (signer != null) {
        return "ok, by key " + signer.hashText();
      }
      return image.isSigned() ? "not checked: add --key FILE" : "none";
    }

    @Override
    public JsonObject json() {
      return new JsonObject()
          .put("file", file)
          .put("version", image.version())
          .put("sha256", image.hashText())
          .put("signed", image.isSigned())
          .put("verified", signer != null);
    }
  }
}
