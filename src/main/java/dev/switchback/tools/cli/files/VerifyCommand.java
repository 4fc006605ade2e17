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

/** {@code switchback verify}: checks a weight image, and whose it is. */
@Command(
    name = "verify",
    description = {
      "Checks a weight image: form, hash, network, and with --key its signature.",
      "",
      "Exit code 0 if all is well; else 2, and the check that failed.",
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
      description = "The key the image must be signed by, its public or private half.")
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
   * An image that is as it should be.
   *
   * @param signer by whose key it is signed; null if nobody asked
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
      return image.isSigned() ? "not checked: name a --key" : "none";
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
