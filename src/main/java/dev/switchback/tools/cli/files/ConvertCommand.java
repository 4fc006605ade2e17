package dev.switchback.tools.cli.files;

import dev.switchback.core.Engine;
import dev.switchback.format.FormatException;
import dev.switchback.format.SigningKey;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.Blame;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.FixedPointReport;
import dev.switchback.tools.cli.ImageOptions;
import dev.switchback.tools.cli.NetworkOptions;
import dev.switchback.tools.cli.Subcommand;
import dev.switchback.tools.cli.WholeFile;
import dev.switchback.tools.foreign.CStyle;
import dev.switchback.tools.foreign.WeightFile;
import dev.switchback.tools.foreign.WeightFormat;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code switchback convert}: converts a network to another format. */
@Command(
    name = "convert",
    description = {
      "Converts a network to another format, chosen by file extension.",
      "",
      "format        read  write",
      ".img          yes   yes    weight image, for devices",
      ".safetensors  yes   yes    Python's safetensors",
      ".npz          yes   yes    numpy.savez",
      ".npy          yes   yes    numpy.save, one per tensor: W1.npy selects b1.npy,",
      "                           W2.npy ... too, xor-W1.npy selects xor-b1.npy ...",
      ".onnx         yes   yes    ONNX, dense layers in one line",
      ".net          yes   no     FANN",
      ".h            no    yes    C99 for microcontrollers, fixed point",
      "",
      "Names say how weights lie: W1 is [in, out], as in numpy; 0.weight is [out, in], as in torch;"
          + " unless the shapes fit together only the other way. The signature of an image is not"
          + " kept; --sign makes a new one.",
      ""
    })
public final class ConvertCommand extends Subcommand {
  @Parameters(
      index = "0",
      paramLabel = "IN",
      completionCandidates = FileNames.Weights.class,
      description = "Input file.")
  private Path in = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      completionCandidates = FileNames.NewWeights.class,
      description = "Output file.")
  private Path out = Path.of("");

  @Mixin private NetworkOptions activation = new NetworkOptions();

  @Mixin private ImageOptions options = new ImageOptions();

  @Mixin private LayoutOption layout = new LayoutOption();

  @Mixin private CHeaderOptions headerOptions = new CHeaderOptions();

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Override
  protected void run() throws Exception {
    WeightFormat format = format();
    CStyle style = headerOptions.style();
    WeightFile from = activation.read(in);
    SigningKey signer = options.signer();
    WeightFile to =
        format == WeightFormat.IMAGE ? WeightFile.of(options.image(from, signer, in, out)) : from;
    CHeaderFile header =
        format == WeightFormat.C_HEADER
            ? headerOptions.file(from, style, options.isForced(), in, out)
            : null;
    FixedPointReport fixedPoint =
        header != null || isFixed(to.image())
            ? FixedPointReport.of(from, out, options.isForced())
            : null;
    Map<Path, byte[]> files =
        header == null
            ? Blame.on(out, () -> to.writtenTo(out, format, layout.name()))
            : Map.of(out, header.bytes());
    if (!options.isForced()) {
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
            fixedPoint,
            header);
    print(json, conversion);
    conversion.warnings().forEach(warning -> err().println("switchback: " + warning));
  }

  private static boolean isFixed(@Nullable WeightImage image) {
    return image != null && image.engine() == Engine.FIXED;
  }

  private WeightFormat format() {
    WeightFormat format;
    try {
      format = WeightFile.writable(out, layout.name());
    } catch (FormatException e) {
      throw usage("OUT " + out + ": " + e.getMessage());
    }
    if (format != WeightFormat.IMAGE && options.areGiven()) {
      throw usage("--engine, --image-version and --sign need an OUT that ends in .img");
    }
    if (format != WeightFormat.C_HEADER && headerOptions.areGiven()) {
      throw usage("--prefix, --input-range and --table-steps need an OUT that ends in .h");
    }
    if (layout.isGiven() && !format.hasNames()) {
      throw usage("--layout needs an OUT that ends in .safetensors, .npz or .npy");
    }
    return format;
  }
}
