package dev.switchback.tools.cli.files;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageMetadata;
import dev.switchback.tools.cli.Blame;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.foreign.WeightFile;
import dev.switchback.tools.plot.DecisionMap;
import dev.switchback.tools.plot.MapPicture;
import dev.switchback.tools.plot.NetworkPicture;
import dev.switchback.tools.plot.OutputsPicture;
import dev.switchback.tools.plot.QuantizationPicture;
import dev.switchback.tools.plot.TerminalLine;
import dev.switchback.tools.plot.TerminalMap;
import dev.switchback.tools.plot.TerminalStyle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A drawing of a network.
 *
 * @param kind any kind except the loss
 * @param truth expected answers; has as many switches as the network has inputs
 * @param led index of the LED that a map shows
 */
record PlottedNetwork(
    PlotKind kind, Path file, Parameters parameters, Engine engine, TruthTable truth, int led)
    implements Drawing {
  /** Chosen so that 0 and 1 are on grid points. */
  private static final int MAP_SIDE = 101;

  private static final int TERMINAL_ROWS = 22;

  /**
   * Determines the expected answers: the given table, else the one stored in the file, else the
   * answers of the network.
   *
   * @throws Refusal if the network is too large to draw, does not match the truth table or has no
   *     such LED
   */
  static PlottedNetwork of(
      PlotKind kind,
      Path file,
      WeightFile input,
      Engine engine,
      @Nullable TruthTable asked,
      LedOption led)
      throws Refusal, IOException {
    Topology topology = input.parameters().topology();
    requireRoom(file, topology);
    TruthTable truth = asked == null ? truthOf(file, input, engine) : asked;
    if (truth.inputs() == topology.inputs() && truth.leds() != topology.leds()) {
      throw new Refusal(
          ExitCode.USAGE,
          "%s %s is for LEDs: %s, the network decides LEDs: %s"
              .formatted(
                  asked == null ? metadataOf(file) : "--truth",
                  truth,
                  truth.leds(),
                  topology.leds()));
    }
    if (truth.inputs() != topology.inputs()) {
      throw new Refusal(
          ExitCode.USAGE,
          "%s %s is for %s switches, the network has %s inputs"
              .formatted(
                  asked == null ? metadataOf(file) : "--truth",
                  truth,
                  truth.inputs(),
                  topology.inputs()));
    }
    return new PlottedNetwork(
        kind, file, input.parameters(), engine, truth, led.index(topology.leds()));
  }

  private static void requireRoom(Path file, Topology topology) throws Refusal {
    if (!TruthTable.fits(topology)) {
      throw new Refusal(
          ExitCode.USAGE,
          "%s: topology %s is too large; pictures show at most %s inputs and %s outputs"
              .formatted(file, topology, TruthTable.MAX_INPUTS, TruthTable.MAX_LEDS));
    }
  }

  private static TruthTable truthOf(Path file, WeightFile input, Engine engine)
      throws Refusal, IOException {
    String digits = ImageMetadata.trainedFor(input.metadata());
    return digits == null
        ? TruthTable.answeredBy(engine.model(input.parameters()))
        : Blame.on(metadataOf(file), () -> TruthTable.parse(digits));
  }

  private static String metadataOf(Path file) {
    return file + ": metadata '" + ImageMetadata.LESSON + "'";
  }

  /** Returns a map with the switches from C onwards open. */
  private DecisionMap map(Engine asked) {
    return DecisionMap.of(asked.model(parameters), MAP_SIDE, 0, led);
  }

  private TruthTable corners() {
    return truth.ofLed(led).ofFirstTwo(0);
  }

  @Override
  public String svg() {
    String title = kind.title();
    return switch (kind) {
      case BOUNDARY -> MapPicture.svg(map(engine), corners(), title, caption());
      case OUTPUTS -> OutputsPicture.svg(engine.model(parameters), truth, title, caption());
      case NETWORK -> NetworkPicture.svg(parameters, title, caption());
      case QUANTIZATION ->
          QuantizationPicture.svg(map(Engine.FLOAT), map(Engine.FIXED), title, caption());
      case LOSS -> throw new IllegalStateException("the loss is in the training log");
    };
  }

  @Override
  public List<TerminalLine> lines(TerminalStyle style) {
    return new TerminalMap(map(engine), style, TERMINAL_ROWS).lines(corners(), TerminalMap.NOWHERE);
  }

  @Override
  public String caption() {
    Topology topology = parameters.topology();
    boolean isOfOneEngine = kind == PlotKind.BOUNDARY || kind == PlotKind.OUTPUTS;
    return file.getFileName()
        + ": "
        + topology
        + " "
        + topology.activationLabels()
        + (isOfOneEngine ? ", " + engine.label() : "")
        + (kind.isMap() ? openSwitches(topology.inputs()) : "")
        + (kind.isMap() ? LedOption.caption(led, truth.leds()) : "");
  }

  private static String openSwitches(int inputs) {
    char last = (char) ('A' + inputs - 1);
    return switch (inputs) {
      case 1, 2 -> "";
      case 3 -> ", switch C open";
      default -> ", switches C to " + last + " open";
    };
  }

  @Override
  public JsonObject json() {
    JsonObject json = new JsonObject();
    if (kind.isMap()) {
      json.put("led", led + 1);
    }
    return json.put("file", file)
        .put("topology", parameters.topology())
        .put("activations", parameters.topology().activationLabels())
        .put("engine", engine.label())
        .put("truth", truth);
  }
}
