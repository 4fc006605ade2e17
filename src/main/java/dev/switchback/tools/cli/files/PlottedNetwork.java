package dev.switchback.tools.cli.files;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageMetadata;
import dev.switchback.tools.foreign.WeightFile;
import dev.switchback.tools.plot.DecisionMap;
import dev.switchback.tools.plot.MapPicture;
import dev.switchback.tools.plot.NetworkPicture;
import dev.switchback.tools.plot.OutputsPicture;
import dev.switchback.tools.plot.QuantizationPicture;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A network as pictures show it.
 *
 * @param truth what it should answer, of as many switches as it has inputs
 */
record PlottedNetwork(Path file, Parameters parameters, Engine engine, TruthTable truth) {
  /** The corners at 0 and 1 lie on grid points. */
  private static final int MAP_SIDE = 101;

  /**
   * Finds out what the network should answer: what was asked for, else what its file says, else
   * what it does answer.
   *
   * @throws Refusal if no picture has room for the network, or the truth table is not one for it
   */
  static PlottedNetwork of(Path file, WeightFile input, Engine engine, @Nullable TruthTable asked)
      throws Refusal {
    Topology topology = input.parameters().topology();
    requireRoom(file, topology);
    TruthTable truth = asked == null ? truthOf(file, input, engine) : asked;
    if (truth.inputs() != topology.inputs()) {
      throw new Refusal(
          ExitCode.USAGE,
          (asked == null ? file + ": metadata '" + ImageMetadata.TRUTH + "' " : "--truth ")
              + truth
              + " is for "
              + truth.inputs()
              + " switches, the network has "
              + topology.inputs()
              + " inputs");
    }
    return new PlottedNetwork(file, input.parameters(), engine, truth);
  }

  private static void requireRoom(Path file, Topology topology) throws Refusal {
    if (!TruthTable.fits(topology)) {
      throw new Refusal(
          ExitCode.USAGE,
          file
              + ": topology "
              + topology
              + "; pictures have room for "
              + TruthTable.MAX_INPUTS
              + " inputs and 2 outputs");
    }
  }

  private static TruthTable truthOf(Path file, WeightFile input, Engine engine) throws Refusal {
    String digits = input.metadata().get(ImageMetadata.TRUTH);
    if (digits == null) {
      return TruthTable.answeredBy(engine.model(input.parameters()));
    }
    try {
      return TruthTable.parse(digits);
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          ExitCode.USAGE, file + ": metadata '" + ImageMetadata.TRUTH + "': " + e.getMessage(), e);
    }
  }

  private Model model() {
    return engine.model(parameters);
  }

  DecisionMap map() {
    return map(engine);
  }

  private DecisionMap map(Engine asked) {
    return DecisionMap.of(asked.model(parameters), MAP_SIDE);
  }

  /** What should be answered in the corners of the map, the switches from C on open. */
  TruthTable corners() {
    return truth.ofFirstTwo(0);
  }

  /**
   * One SVG document.
   *
   * @throws IllegalArgumentException for the loss, of which a network knows nothing
   */
  String svg(PlotKind kind) {
    String title = kind.title();
    String caption = caption(kind);
    return switch (kind) {
      case BOUNDARY -> MapPicture.svg(map(), corners(), title, caption);
      case OUTPUTS -> OutputsPicture.svg(model(), truth, title, caption);
      case NETWORK -> NetworkPicture.svg(parameters, title, caption);
      case QUANTIZATION ->
          QuantizationPicture.svg(map(Engine.FLOAT), map(Engine.FIXED), title, caption);
      case LOSS -> throw new IllegalArgumentException("the loss is in the training log");
    };
  }

  /** One line that says which network this is, and under which conditions it is shown. */
  String caption(PlotKind kind) {
    Topology topology = parameters.topology();
    boolean isOfOneEngine = kind == PlotKind.BOUNDARY || kind == PlotKind.OUTPUTS;
    return file.getFileName()
        + ": "
        + topology
        + " "
        + topology.activationLabels()
        + (isOfOneEngine ? ", " + engine.label() : "")
        + (kind.isMap() ? openSwitches(topology.inputs()) : "");
  }

  private static String openSwitches(int inputs) {
    char last = (char) ('A' + inputs - 1);
    return switch (inputs) {
      case 1, 2 -> "";
      case 3 -> ", switch C open";
      default -> ", switches C to " + last + " open";
    };
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStringField("file", file.toString());
    json.writeStringField("topology", parameters.topology().toString());
    json.writeStringField("activations", parameters.topology().activationLabels());
    json.writeStringField("engine", engine.label());
    json.writeStringField("truth", truth.toString());
  }
}
