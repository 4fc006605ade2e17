package dev.switchback.tools.cli.files;

import dev.switchback.format.FormatException;
import dev.switchback.format.SigningKey;
import dev.switchback.tools.cli.ActivationOption;
import dev.switchback.tools.cli.Blame;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.ImageOptions;
import dev.switchback.tools.cli.Subcommand;
import dev.switchback.tools.cli.WholeFile;
import dev.switchback.tools.foreign.WeightFile;
import dev.switchback.tools.foreign.WeightFormat;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
      ".npy          yes   yes    numpy.save, a file each: W1.npy stands for b1.npy,",
      "                           W2.npy ... beside it, xor-W1.npy for xor-b1.npy ...",
      ".net          yes   no     FANN",
      ".h            no    yes    C99 for microcontrollers, in fixed-point arithmetic",
      "",
      "Names tell which way weights lie: W1 is [in, out], as in numpy; 0.weight is [out, in], as in"
          + " torch. The signature of an image is not kept; --sign makes a new one.",
      ""
    })
public final class ConvertCommand extends Subcommand {
  @Parameters(
      index = "0",
      paramLabel = "IN",
      completionCandidates = FileNames.Weights.class,
      description = "The network.")
  private Path in = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      completionCandidates = FileNames.NewWeights.class,
      description = "Where to write it.")
  private Path out = Path.of("");

  @Mixin private ActivationOption activation = new ActivationOption();

  @Mixin private ImageOptions options = new ImageOptions();

  @Option(names = "--force", description = "Overwrite IN where OUT is the same file.")
  private boolean force;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Override
  protected void run() throws Exception {
    WeightFormat format = format();
    WeightFile from = activation.read(in);
    SigningKey signer = options.signer();
    WeightFile to =
        format == WeightFormat.IMAGE ? WeightFile.of(options.image(from, signer, in, out)) : from;
    Map<Path, byte[]> files = Blame.on(out, () -> to.writtenTo(out));
    if (!force) {
      for (Path file : files.keySet()) {
        WholeFile.requireOther(in, file, "--force does so");
      }
    }
    WholeFile.writeAll(files);
    Conversion conversion =
        new Conversion(
            in,
            from,
            out,
            format,
            files,
            format == WeightFormat.IMAGE ? to.image() : null,
            signer == null ? null : signer.verifyingKey(),
            format == WeightFormat.C_HEADER ? FixedPointLoss.of(from.parameters()) : null);
    print(json, conversion);
    conversion.warnings().forEach(warning -> err().println("switchback: " + warning));
  }

  private WeightFormat format() {
    WeightFormat format;
    try {
      format = WeightFile.writable(out);
    } catch (FormatException e) {
      throw usage("OUT " + out + ": " + e.getMessage());
    }
    if (format != WeightFormat.IMAGE && options.areGiven()) {
      throw usage("--engine, --image-version and --sign are for OUT in .img");
    }
    return format;
  }
}
