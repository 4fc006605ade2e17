package dev.switchback.cli;

import dev.switchback.image.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code switchback keygen}: makes a key pair to sign weight images with. */
@Command(
    name = "keygen",
    description = {
      "Makes a key pair to sign weight images with (Ed25519, PEM).",
      "",
      "device.pem is the private key, which stays with you; device.pub.pem is the public key,"
          + " for whoever is to check your images. A file that exists is never overwritten.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class KeygenCommand implements Callable<Integer> {
  private static final String SUFFIX = ".pem";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The private key, such as device.pem.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    Path publicFile = publicFile(file);
    requireNew(file);
    requireNew(publicFile);
    SigningKey key = SigningKey.generate();
    write(
        file,
        key.toPem(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    write(publicFile, key.verifyingKey().toPem());
    spec.commandLine().getOut().println("written: " + file + ", " + publicFile);
    return ExitCode.OK;
  }

  /** {@code device.pub.pem} beside {@code device.pem}. */
  private static Path publicFile(Path file) {
    String name = String.valueOf(file.getFileName());
    int end = name.endsWith(SUFFIX) ? name.length() - SUFFIX.length() : name.length();
    return file.resolveSibling(name.substring(0, end) + ".pub" + SUFFIX);
  }

  private static void requireNew(Path file) throws Refusal {
    if (Files.exists(file)) {
      throw new Refusal(ExitCode.USAGE, file + " exists already; a key is never overwritten");
    }
  }

  private static void write(Path file, String text, FileAttribute<?>... attributes)
      throws IOException {
    Files.createFile(file, attributes);
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      Files.delete(file);
      throw e;
    }
  }
}
