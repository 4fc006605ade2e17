package dev.switchback.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.tools.foreign.CModel;
import dev.switchback.tools.foreign.CStyle;
import dev.switchback.tools.foreign.Stated;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The exported C on microcontrollers gives the outputs of the fixed engine bit for bit. Writes a
 * table of costs to {@code target/microcontrollers}, for {@code scripts/test-microcontrollers}.
 */
class MicrocontrollerTest {
  private static final Path TABLE = Path.of("target/microcontrollers/table.txt");

  /** A network of FANN's, which formats.md compares with FANN's own arithmetic. */
  private static final Path XOR = Path.of("src/test/resources/fann/xor.net");

  @TempDir Path directory;

  @BeforeAll
  static void beginTable() throws IOException {
    Files.createDirectories(TABLE.getParent());
    Files.writeString(TABLE, "");
  }

  private static HeaderCase of(Parameters network, int steps, int count) {
    return new HeaderCase(
        network,
        CStyle.DEFAULT.withTableSteps(steps),
        HeaderCase.points(network.topology().inputs(), count));
  }

  private static HeaderCase random(
      String widths, String activations, float range, int steps, int count) {
    Topology topology = HeaderCase.topology(widths, activations);
    return of(HeaderCase.random(topology, range), steps, count);
  }

  static List<HeaderCase> networks() throws IOException {
    Parameters xor = WeightFile.read(XOR, Stated.NOTHING).parameters();
    return List.of(
        of(xor, 2048, 4000),
        of(xor, 256, 4000),
        of(xor, 16, 2000),
        random("2-4-3-2", "relu,tanh,softmax", 3, 2048, 2000),
        random("2-4-3-2", "relu,tanh,softmax", 3, 512, 2000),
        random("1-1-1", "linear,linear", 40, 2048, 2000),
        random("8-32-1", "tanh,sigmoid", 2, 2048, 500),
        random("20-40-10", "relu,softmax", 1, 256, 200));
  }

  static Stream<Arguments> runs() throws IOException {
    List<HeaderCase> networks = networks();
    return Stream.of(Microcontroller.values())
        .flatMap(chip -> networks.stream().map(network -> Arguments.of(chip, network)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void itAnswersBitForBit(Microcontroller chip, HeaderCase network) throws Exception {
    chip.require(getClass());
    Microcontroller.Cost cost = chip.run(network, directory);
    CModel model = new CModel(network.network(), network.style());
    assertTrue(cost.flash() > model.flashBytes(), cost.toString());
    assertTrue(cost.flash() < model.flashBytes() + 4000, cost.toString());
    assertTrue(cost.stack() >= model.ramBytes(), cost.toString());
    String row = cost.row(network.toString(), chip);
    System.out.println(row);
    Files.writeString(TABLE, row + "\n", StandardOpenOption.APPEND);
  }
}
