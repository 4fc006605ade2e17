package dev.switchback.tools.cli.files;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.format.SigningKey;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.Subcommand;
import dev.switchback.tools.cli.WholeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code switchback keygen}: generates a key pair for signing weight images. */
@Command(
    name = "keygen",
    description = {
      "Generates a key pair for signing weight images (Ed25519, PEM).",
      "",
      "device.pem is the private key: keep it secret. device.pub.pem is the public key, for"
          + " devices and people that verify your images.",
      ""
    })
public final class KeygenCommand extends Subcommand {
  private static final String SUFFIX = ".pem";

  @Parameters(
      paramLabel = "FILE",
      completionCandidates = FileNames.Keys.class,
      description = "Private key to write, such as device.pem.")
  private Path file = Path.of("");

  @Option(
      names = "--public",
      paramLabel = "FILE",
      completionCandidates = FileNames.Keys.class,
      description = "Public key to write. Default: device.pub.pem beside device.pem.")
  private @Nullable Path publicFile;

  @Option(names = "--force", description = "Overwrite existing keys.")
  private boolean force;

  @Override
  protected void run() throws Exception {
    Path other = publicFile == null ? beside(file) : publicFile;
    requireNew(file);
    requireNew(other);
    SigningKey key = SigningKey.generate();
    WholeFile.writePrivate(file, key.toPem().getBytes(US_ASCII));
    WholeFile.write(other, key.verifyingKey().toPem().getBytes(US_ASCII));
    out().println("written: " + file + ", the private key for signing: keep it secret");
    out().println("written: " + other + ", the public key for verifying: share it");
  }

  /** Returns {@code device.pub.pem} for {@code device.pem}. */
  private static Path beside(Path file) {
    String name = String.valueOf(file.getFileName());
    int end = name.endsWith(SUFFIX) ? name.length() - SUFFIX.length() : name.length();
    return file.resolveSibling(name.substring(0, end) + ".pub" + SUFFIX);
  }

  private void requireNew(Path file) throws Refusal {
    WholeFile.requirePlace(file);
    if (Files.exists(file) && !force) {
      throw new Refusal(ExitCode.USAGE, file + " already exists", "--force overwrites it");
    }
  }
}
