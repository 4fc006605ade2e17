package dev.switchback.tools.cli.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.Safetensors;
import dev.switchback.sim.Requirement;
import dev.switchback.tools.CommandLineRun;
import dev.switchback.tools.plot.DecisionMap;
import dev.switchback.tools.plot.MapPicture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlotCommandTest {
  private static final String XOR = "src/test/resources/numpy/savez.npz";
  private static final String LOG =
      """
      epoch,loss,restarts,output_00,output_01,output_10,output_11
      0,0.25,0,0.5,0.5,0.5,0.5
      40,0.125,1,0.4,0.6,0.6,0.5
      47,0.00227,1,0.0,1.0,1.0,0.0
      """;

  @TempDir Path directory;

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private static CommandLineRun plot(String... args) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("plot"), Stream.of(args)).toArray(String[]::new));
  }

  private String svg(String... args) throws IOException {
    CommandLineRun run =
        plot(
            Stream.concat(Stream.of(args), Stream.of("--out", path("p.svg")))
                .toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("written: " + path("p.svg") + System.lineSeparator(), run.out());
    return Files.readString(directory.resolve("p.svg"));
  }

  private String weights(String widths, Map<String, String> metadata) throws IOException {
    Topology topology = Topology.parse(widths, Activation.SIGMOID);
    float[] values = new float[topology.parameterCount()];
    for (int k = 0; k < values.length; k++) {
      values[k] = 0.1f + k % 5;
    }
    Path file = directory.resolve("w.safetensors");
    Files.write(file, Safetensors.write(Parameters.of(topology, values), metadata));
    return file.toString();
  }

  @Test
  void aMapIsDrawnOnTheTerminal() {
    CommandLineRun run = plot(XOR, "--ascii");
    assertEquals(0, run.exitCode(), run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals("savez.npz: 2-3-1 sigmoid,sigmoid, float", lines.getFirst());
    assertEquals(23, lines.size());
    assertTrue(lines.get(6).startsWith("1 "), run.out());
    assertTrue(lines.get(6).contains(" 1 ") && lines.get(6).contains(" 0 "), run.out());
    assertTrue(plot(XOR, "--ascii", "--engine", "fixed").out().contains("sigmoid, fixed"));
  }

  @Test
  void theLossOfALogIsDrawnOnTheTerminal() throws IOException {
    Files.writeString(directory.resolve("xor.log.csv"), LOG);
    CommandLineRun run = plot(path("xor.log.csv"), "--ascii");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().startsWith("xor.log.csv: 47 epochs, 1 restarts, loss 0.00227"), run.out());
    assertTrue(run.out().contains(" 1e-3 ||"), run.out());
  }

  @Test
  void theLogBesideTheWeightsIsFound() throws IOException {
    Files.writeString(directory.resolve("xor.log.csv"), LOG);
    Files.copy(Path.of(XOR), directory.resolve("xor.npz"));
    Files.copy(Path.of(XOR), directory.resolve("xor"));
    String byName = svg(path("xor.log.csv"));
    assertTrue(byName.startsWith("<svg") && byName.contains("xor.log.csv: 47 epochs"), byName);
    assertEquals(byName, svg(path("xor.npz"), "--kind", "loss"));
    assertEquals(byName, svg(path("xor"), "--kind", "loss"));
  }

  @ParameterizedTest
  @CsvSource({
    "boundary, 'Decision map', 'savez.npz: 2-3-1 sigmoid,sigmoid, float<'",
    "outputs, 'Outputs in every switch position', 'savez.npz: 2-3-1 sigmoid,sigmoid, float<'",
    "network, 'Weights and biases', 'savez.npz: 2-3-1 sigmoid,sigmoid<'",
    "quantization, 'Float against fixed point', 'savez.npz: 2-3-1 sigmoid,sigmoid<'"
  })
  void everyKindOfPictureIsWritten(String kind, String title, String caption) throws IOException {
    String svg = svg(XOR, "--kind", kind);
    assertTrue(svg.startsWith("<svg") && svg.endsWith("</svg>\n"), svg);
    assertTrue(svg.contains(title) && svg.contains(caption), svg);
    assertEquals(svg, svg(XOR, "--kind", kind), "same input, same bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"boundary", "outputs", "network", "quantization"})
  void everyKindOfPictureIsDrawn(String kind) throws IOException {
    Requirement.fonts(getClass());
    String svg = svg(XOR, "--kind", kind);
    assertEquals(0, plot(XOR, "--kind", kind, "--out", path("p.png")).exitCode());
    BufferedImage image = ImageIO.read(directory.resolve("p.png").toFile());
    assertTrue(svg.contains("width=\"" + image.getWidth() / 2 + "\""), "twice the size");
  }

  @Test
  void theEngineChosenAnswers() throws IOException {
    assertFalse(svg(XOR, "--engine", "fixed").equals(svg(XOR)));
    assertTrue(svg(XOR, "--engine", "fixed").contains("sigmoid, fixed"));
  }

  @Test
  void cornersAreWhatIsAskedForElseWhatTheFileSaysElseWhatIsAnswered() throws IOException {
    String file = weights("2-2-1", Map.of("truth", "0001"));
    Parameters parameters = Safetensors.read(Files.readAllBytes(Path.of(file))).parameters();
    assertEquals(expected(parameters, "0111"), svg(file, "--truth", "0111"));
    assertEquals(expected(parameters, "0001"), svg(file));
    weights("2-2-1", Map.of());
    TruthTable answers = TruthTable.answeredBy(Engine.FLOAT.model(parameters));
    assertEquals(expected(parameters, answers.toString()), svg(file));
  }

  private static String expected(Parameters parameters, String truth) {
    return MapPicture.svg(
        DecisionMap.of(Engine.FLOAT.model(parameters), 101),
        TruthTable.parse(truth),
        "Decision map",
        "w.safetensors: 2-2-1 sigmoid,sigmoid, float");
  }

  @ParameterizedTest
  @CsvSource({
    "1-2-1, 'sigmoid, float<'",
    "2-2-2, 'sigmoid, float, LED 1<'",
    "3-2-1, 'sigmoid, float, switch C open<'",
    "4-2-1, 'sigmoid, float, switches C to D open<'",
    "8-2-1, 'sigmoid, float, switches C to H open<'"
  })
  void otherSwitchesThanAAndBAreOpen(String widths, String caption) throws IOException {
    String file = weights(widths, Map.of());
    assertTrue(svg(file).contains(widths + " sigmoid," + caption), svg(file));
    assertEquals(0, plot(file, "--ascii").exitCode());
    for (String kind : new String[] {"outputs", "network", "quantization"}) {
      assertTrue(svg(file, "--kind", kind).contains(widths), kind);
    }
  }

  @Test
  void everyLedOfSeveralHasItsMap() throws IOException {
    Topology topology = Topology.parse("2-2", Activation.SIGMOID);
    Parameters parameters = Parameters.of(topology, 9f, -9f, 9f, -9f, -4f, 14f);
    Path file = directory.resolve("w.safetensors");
    Files.write(file, Safetensors.write(parameters, Map.of("lesson", "0111,1110")));
    for (int led = 0; led < 2; led++) {
      String number = String.valueOf(led + 1);
      String svg = svg(file.toString(), "--led", number);
      assertEquals(
          MapPicture.svg(
              DecisionMap.of(Engine.FLOAT.model(parameters), 101, 0, led),
              TruthTable.parse(led == 0 ? "0111" : "1110"),
              "Decision map",
              "w.safetensors: 2-2 sigmoid, float, LED " + number),
          svg);
      assertTrue(
          svg(file.toString(), "--led", number, "--kind", "quantization")
              .contains("LED " + number));
      CommandLineRun run = plot(file.toString(), "--led", number, "--ascii");
      List<String> lines = run.out().lines().toList();
      assertEquals("w.safetensors: 2-2 sigmoid, float, LED " + number, lines.getFirst());
      String marks = led == 0 ? "0 .* 0 .* 1 .*" : "0 .* 1 .* 1 .*";
      assertTrue(lines.stream().anyMatch(line -> line.matches(marks)), run.out());
    }
    assertEquals(svg(file.toString()), svg(file.toString(), "--led", "1"));
    CommandLineRun tooMany = plot(file.toString(), "--led", "3");
    assertEquals(2, tooMany.exitCode());
    assertTrue(tooMany.err().contains("--led 3: there are 2 LEDs"), tooMany.err());
  }

  @Test
  void theCornersOfManySwitchesAreThoseWithTheOthersOpen() {
    TruthTable truth = TruthTable.parse("0101" + "0000" + "1111" + "1010");
    assertEquals("0011", truth.ofFirstTwo(0).toString());
    assertEquals("1010", truth.ofFirstTwo(1).toString());
    assertEquals("0110", TruthTable.XOR.ofFirstTwo(0).toString());
  }

  @Test
  void jsonSaysWhatIsWhere() throws IOException {
    assertEquals(
        Map.of(
            "schemaVersion", 1L,
            "kind", "boundary",
            "led", 1L,
            "out", path("p.svg"),
            "file", XOR,
            "topology", "2-3-1",
            "activations", "tanh,tanh",
            "engine", "fixed",
            "truth", "0110"),
        plot(
                XOR,
                "--json",
                "--out",
                path("p.svg"),
                "--engine",
                "fixed",
                "--truth",
                "0110",
                "--activation",
                "tanh")
            .json());
    Files.writeString(directory.resolve("xor.csv"), LOG);
    assertEquals(
        Map.of(
            "schemaVersion",
            1L,
            "kind",
            "loss",
            "out",
            path("p.svg"),
            "file",
            path("xor.csv"),
            "epochs",
            47L,
            "restarts",
            1L,
            "loss",
            0.00227),
        plot(path("xor.csv"), "--json", "--out", path("p.svg")).json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "XOR --out map.pdf | --out map.pdf: expected a name ending in .svg or .png",
        "no-such --out map | --out map: expected a name ending in .svg or .png",
        "XOR --kind network | --kind network is drawn only to a file: add --out network.svg (or .png)",
        "XOR --json | --json needs --out FILE",
        "XOR --kind maps | unknown kind 'maps': use boundary, loss, outputs, network, quantization",
        "x.csv --kind boundary | --kind boundary needs weights; x.csv is a training log",
        "x.csv | no such file or directory: x.csv",
        "no-such.npz --kind loss | no such file or directory: no-such.npz",
        "XOR --kind loss | savez.log.csv beside src/test/resources/numpy/savez.npz; train with"
            + " --log-every N",
        "XOR --led 0 | '--led': '0': a whole number expected, 1 to 8",
        "XOR --led 2 | --led 2: there is 1 LED",
        "XOR --led 1 --kind network --out x.svg | --led is for --kind boundary and --kind quantization",
        "XOR --truth 01 | --truth 01 is for 1 switches, the network has 2 inputs",
        "XOR --truth 012 | a truth table has 2, 4, 8",
        "XOR --out none/map.svg | cannot write none/map.svg: there is no directory none; create it",
        "pom.xml | pom.xml is XML or HTML; Switchback reads .img",
        "src | src is a directory",
        "src/main/resources/.csv | no such file or directory",
        "| Missing required parameter: 'FILE'"
      })
  void badInputExitsWithTwoAndSaysWhy(String args, String message) {
    String[] words = args == null ? new String[0] : args.replace("XOR", XOR).strip().split(" ");
    CommandLineRun run = plot(words);
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(List.of(words).contains("--json"), !run.out().isEmpty(), run.out());
  }

  @ParameterizedTest
  @CsvSource({"9-1", "2-9"})
  void networksWithoutRoomAreRefused(String widths) throws IOException {
    CommandLineRun run = plot(weights(widths, Map.of()));
    assertEquals(2, run.exitCode());
    assertTrue(
        run.err()
            .contains(
                "topology "
                    + widths
                    + " is too large; pictures show at most 8 inputs and 8 outputs"),
        run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "01x0, 'metadata ''lesson'': truth table digit 3 is ''x'', not 0 or 1'",
    "01, 'metadata ''lesson'' 01 is for 1 switches, the network has 2 inputs'"
  })
  void aFileWhoseTruthDoesNotFitIsRefusedUnlessOneIsGiven(String truth, String message)
      throws IOException {
    String file = weights("2-2-1", Map.of("lesson", truth));
    CommandLineRun run = plot(file);
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("w.safetensors: " + message), run.err());
    assertEquals(0, plot(file, "--truth", "0110").exitCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"'' | line 1: ''", "epoch | line 1: ends without", "LOG- | contains no epochs"})
  void logsThatAreNoneAreRefused(String text, String message) throws IOException {
    String csv = text.equals("LOG-") ? LOG.substring(0, LOG.indexOf('\n') + 1) : text;
    Files.writeString(directory.resolve("x.csv"), csv);
    CommandLineRun run = plot(path("x.csv"));
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("x.csv: " + message), run.err());
  }

  @Test
  void whatFailsLeavesThePictureThatWasThere() throws IOException {
    String before = svg(XOR);
    assertEquals(2, plot("pom.xml", "--out", path("p.svg")).exitCode());
    Files.createDirectories(directory.resolve("d.svg"));
    CommandLineRun run = plot(XOR, "--out", path("d.svg"));
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("d.svg is a directory"), run.err());
    assertEquals(before, Files.readString(directory.resolve("p.svg")));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(2, files.count(), "no other file is left");
    }
  }

  @Test
  void helpNamesEveryKind() {
    CommandLineRun run = plot("--help");
    assertEquals(0, run.exitCode());
    for (PlotKind kind : PlotKind.values()) {
      assertTrue(run.out().contains(kind.label() + ":"), run.out());
    }
  }

  @Test
  void commandsAreListedWhereNoneIsNamed() {
    CommandLineRun run = CommandLineRun.of();
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("name a command: run, led, doctor, wiring, ports, "), run.err());
  }
}
