package dev.switchback.cli;

import dev.switchback.image.ImageVersion;
import dev.switchback.image.SigningKey;
import dev.switchback.nn.Activation;
import dev.switchback.nn.Topology;
import dev.switchback.nn.fixed.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
      ".img: weight image, for devices. .safetensors, .npz: for Python. .h: C99 for"
          + " microcontrollers, with the arithmetic of the fixed engine. Read only: .npy, any one of"
          + " W1.npy, b1.npy, W2.npy ... in a directory; .net of FANN.",
      "",
      "Names tell which way weights lie: W1 is [in, out], as in numpy; 0.weight is [out, in], as in"
          + " torch. The signature of an image is not kept; --sign makes a new one.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ConvertCommand implements Callable<Integer> {
  private static final ImageVersion FIRST = new ImageVersion(0, 1, 0, 0);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "IN",
      description = "The network: .img, .safetensors, .npz, .npy or .net.")
  private Path in = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "Where to write it: .img, .safetensors, .npz or .h.")
  private Path out = Path.of("");

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "sigmoid",
      description = "For a file that names none; see eval. Default: ${DEFAULT-VALUE}.")
  private List<Activation> activations = List.of(Activation.SIGMOID);

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
    WeightOutput output = output();
    WeightInput network = WeightInput.read(in, WeightInput.each(activations));
    SigningKey signer = key == null ? null : InputFile.signingKey(key);
    output.write(network, version(network), engine(network), signer);
    report(output, network.parameters().topology());
    return ExitCode.OK;
  }

  private WeightOutput output() {
    WeightOutput output;
    try {
      output = new WeightOutput(out);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
    if (!output.isImage() && (engine != null || version != null || key != null)) {
      throw usage("--engine, --image-version and --sign are for OUT in .img");
    }
    if (in.toString().endsWith(".h")) {
      throw usage("IN " + in + ": a C header is written, never read");
    }
    return output;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private ImageVersion version(WeightInput network) {
    if (version != null) {
      return version;
    }
    ImageVersion kept = network.version();
    return kept == null ? FIRST : kept;
  }

  private Engine engine(WeightInput network) throws Refusal {
    if (engine != null) {
      return engine;
    }
    try {
      return Engine.of(network.metadata().getOrDefault("engine", Engine.FLOAT.label()));
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          ExitCode.USAGE, in + ": metadata 'engine': " + e.getMessage() + "; or --engine", e);
    }
  }

  private void report(WeightOutput output, Topology topology) throws IOException {
    if (json) {
      JsonOutput.print(
          spec.commandLine().getOut(),
          fields -> {
            fields.writeStringField("file", in.toString());
            fields.writeStringField("out", out.toString());
            fields.writeStringField("topology", topology.toString());
            fields.writeStringField("activations", topology.activationLabels());
          });
    } else {
      spec.commandLine().getOut().println("written: " + out);
    }
    if (output.losesActivations()) {
      spec.commandLine()
          .getErr()
          .println(
              "switchback: npz holds no activations; read it with --activation "
                  + topology.activationLabels());
    }
  }
}
