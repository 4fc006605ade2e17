package dev.switchback.cli;

import dev.switchback.image.FormatException;
import dev.switchback.image.ImageVersion;
import dev.switchback.image.SigningKey;
import dev.switchback.image.WeightFile;
import dev.switchback.image.WeightFormat;
import dev.switchback.image.WeightImage;
import dev.switchback.nn.fixed.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code switchback convert}: writes a network in another format. */
@Command(
    name = "convert",
    description = {
      "Writes a network in another format; the endings of the names say which.",
      "",
      "format        read  write",
      ".img          yes   yes    weight image, for devices",
      ".safetensors  yes   yes    Python's safetensors",
      ".npz          yes   yes    numpy.savez",
      ".npy          yes   yes    numpy.save, a file each: W1.npy stands for b1.npy, W2.npy ..."
          + " beside it,",
      "                           xor-W1.npy for xor-b1.npy, xor-W2.npy ...",
      ".net          yes   no     FANN",
      ".h            no    yes    C99 for microcontrollers, in the arithmetic of the fixed engine",
      "",
      "Names tell which way weights lie: W1 is [in, out], as in numpy; 0.weight is [out, in], as in"
          + " torch. The signature of an image is not kept; --sign makes a new one.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ConvertCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "IN", description = "The network.")
  private Path in = Path.of("");

  @Parameters(index = "1", paramLabel = "OUT", description = "Where to write it.")
  private Path out = Path.of("");

  @Mixin private ActivationOption activation = new ActivationOption();

  @Option(
      names = "--engine",
      paramLabel = "float|fixed",
      description = "Arithmetic an image is for. Default: what IN names, else float.")
  private @Nullable Engine engine;

  @Option(
      names = "--image-version",
      paramLabel = "VERSION",
      description = "Version of an image, such as 1.2.3+4. Default: that of IN, else 0.1.0.")
  private @Nullable ImageVersion version;

  @Option(
      names = "--sign",
      paramLabel = "KEY",
      description = "Sign an image with this private key; see keygen.")
  private @Nullable Path key;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    WeightFormat format = format();
    WeightFile from = activation.read(in);
    SigningKey signer = key == null ? null : InputFile.signingKey(key);
    WeightFile to = format == WeightFormat.IMAGE ? image(from, signer) : from;
    Map<Path, byte[]> files = files(to);
    for (Path file : files.keySet()) {
      WholeFile.requirePlace(file);
    }
    WholeFile.writeAll(files);
    report(
        new Conversion(
            in,
            from,
            out,
            format,
            files,
            format == WeightFormat.IMAGE ? to.image() : null,
            signer == null ? null : signer.verifyingKey(),
            format == WeightFormat.C_HEADER ? FixedPointLoss.of(from.parameters()) : null));
    return ExitCode.OK;
  }

  private WeightFormat format() {
    WeightFormat format;
    try {
      format = WeightFile.writable(out);
    } catch (FormatException e) {
      throw usage("OUT " + out + ": " + e.getMessage());
    }
    if (format != WeightFormat.IMAGE && (engine != null || version != null || key != null)) {
      throw usage("--engine, --image-version and --sign are for OUT in .img");
    }
    return format;
  }

  private Map<Path, byte[]> files(WeightFile network) throws Refusal, IOException {
    try {
      return network.writtenTo(out);
    } catch (FormatException | IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, out + ": " + e.getMessage(), e);
    }
  }

  private WeightFile image(WeightFile network, @Nullable SigningKey signer) throws Refusal {
    ImageVersion chosen = version == null ? network.version() : version;
    Engine arithmetic = engine(network);
    try {
      WeightImage image =
          WeightImage.of(chosen, network.parameters(), arithmetic, network.metadata());
      return WeightFile.of(signer == null ? image : image.signed(signer));
    } catch (IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, out + ": " + e.getMessage(), e);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Engine engine(WeightFile network) throws Refusal {
    if (engine != null) {
      return engine;
    }
    try {
      return network.engine();
    } catch (FormatException e) {
      throw new Refusal(ExitCode.USAGE, in + ": " + e.getMessage() + "; or --engine", e);
    }
  }

  private void report(Conversion conversion) throws IOException {
    if (json) {
      JsonOutput.print(spec.commandLine().getOut(), conversion::writeTo);
    } else {
      conversion.print(spec.commandLine().getOut());
    }
    for (String warning : conversion.warnings()) {
      spec.commandLine().getErr().println("switchback: " + warning);
    }
  }
}
