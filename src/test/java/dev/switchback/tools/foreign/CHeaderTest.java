package dev.switchback.tools.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The text of the header; {@code CHeaderConformanceTest} compiles and runs it. */
class CHeaderTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/network.h");
  private static final Path ACTUAL = Path.of("target/golden/network.h");

  private static Parameters xor() throws IOException {
    return Safetensors.read(
            Files.readAllBytes(Path.of("src/test/resources/safetensors/numpy.safetensors")))
        .parameters();
  }

  @Test
  void theHeaderOfXorKeepsItsText() throws IOException {
    String actual = CHeader.of(xor(), null);
    Files.createDirectories(ACTUAL.getParent());
    Files.writeString(ACTUAL, actual);
    assertEquals(
        Files.readString(GOLDEN), actual, "if the new text is right: cp " + ACTUAL + " " + GOLDEN);
  }

  @Test
  void onlyWhatTheNetworkNeedsIsInIt() {
    String linear = CHeader.of(new Parameters(Topology.parse("2-1", Activation.LINEAR)), null);
    assertFalse(linear.contains("_table"), linear);
    assertFalse(linear.contains("relu"), linear);
    assertTrue(linear.length() < 5_000, linear.length() + " characters");
    String mixed =
        CHeader.of(
            new Parameters(Topology.parse("2-3-2", Activation.TANH, Activation.SOFTMAX)), null);
    assertTrue(mixed.contains("switchback_tanh_table[1025]"));
    assertTrue(mixed.contains("switchback_decay_table[1025]"));
    assertFalse(mixed.contains("sigmoid"));
  }

  @Test
  void theAnswersStandInTheIntroductionWhereThereAreSwitches() throws IOException {
    assertTrue(
        CHeader.of(xor(), null)
            .contains(
                """
                   Switches and answer:
                     00  0
                     01  1
                     10  1
                     11  0
                """));
    for (String widths : new String[] {"9-1", "2-9"}) {
      String text = CHeader.of(new Parameters(Topology.parse(widths, Activation.RELU)), null);
      assertFalse(text.contains("answer:\n"), text);
    }
  }

  @Test
  void eachLedHasABitInTheAnswer() {
    float[] parameters = new float[9];
    parameters[6] = 1f;
    String text =
        CHeader.of(Parameters.of(Topology.parse("2-3", Activation.LINEAR), parameters), null);
    assertTrue(text.contains("     11  1,0,0\n"), text);
    assertTrue(text.contains("answer = 2 * answer + (outputs[i] > SWITCHBACK_ONE / 2);"), text);
  }

  @Test
  void itNamesTheImageItComesFrom() throws IOException {
    String text = CHeader.of(xor(), new ImageVersion(1, 2, 3, 4));
    assertTrue(text.contains(" made by Switchback from weight image 1.2.3+4.\n"), text);
  }

  @Test
  void everyNameBeginsWithThePrefix() throws IOException {
    String text = CHeader.of(new CModel(xor(), new CStyle("door_2", 2048)), null);
    assertFalse(text.toLowerCase(Locale.ROOT).contains("switchback_"), text);
    assertTrue(text.contains("static inline int door_2_predict("), text);
    assertTrue(text.contains("#define DOOR_2_INPUTS 2\n"), text);
    List<String> defined =
        Pattern.compile("(?m)^(?:#define|DOOR_2_CONST int32_t|static inline \\w+) (\\w+)")
            .matcher(text)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertTrue(defined.size() > 15, defined.toString());
    for (String name : defined) {
      assertTrue(name.toLowerCase(Locale.ROOT).startsWith("door_2_"), name);
    }
  }

  @Test
  void theGuardKnowsOneNetworkFromAnother() throws IOException {
    Parameters network = xor();
    String guard = guard(CHeader.of(network, null));
    assertEquals(guard, guard(CHeader.of(network, new ImageVersion(1, 2, 3, 4))));
    assertNotEquals(guard, guard(CHeader.of(new CModel(network, new CStyle(null, 64)), null)));
    network.set(1, 0, 0, network.get(1, 0, 0) + 1f / 65536);
    assertNotEquals(guard, guard(CHeader.of(network, null)));
  }

  private static String guard(String text) {
    return text.substring(text.indexOf("#ifndef"), text.indexOf("#define"));
  }

  @Test
  void theIntroductionStatesLimitSizesAndErrors() {
    Topology topology = Topology.parse("1-1-1", Activation.SIGMOID, Activation.LINEAR);
    Parameters network = Parameters.of(topology, 1f, 0f, 1f, 200f);
    String text = CHeader.of(new CModel(network, new CStyle(null, 256)), null);
    String stated =
        """
           Inputs from -2047.99998 to 2047.99998 are safe: no value that matters passes
           -2048 to 2048, where the arithmetic cuts.
           After a cut, switchback_infer() returns 1, else 0; predict() returns -1.
           Sums before sigmoid do not matter: it is flat beyond 16.

           Data: 532 bytes of weights and tables, on AVR in flash; 12 bytes of values on the stack.
           1 of 4 weights and biases is beyond -128 to 128, and was cut to that.
           The table of sigmoid has 256 steps: within 2.0e-4 of the exact function,
           and within 2.0e-4 of the fixed engine, whose table has 2048.
        """;
    assertTrue(text.contains(stated), text.substring(0, 1200));
    assertTrue(text.contains("#define SWITCHBACK_INPUT_LIMIT INT32_C(134217727)\n"));
  }

  @Test
  void wideLayersAreForMachinesWithAWideInt() {
    String check = "#if INT_MAX == 32767";
    String small = CHeader.of(new Parameters(Topology.parse("8-1000-1", Activation.RELU)), null);
    assertFalse(small.contains(check));
    String large = CHeader.of(new Parameters(Topology.parse("9-1000-1", Activation.RELU)), null);
    assertTrue(large.contains(check), large.substring(0, 2000));
    assertFalse(large.contains("pgm_read_dword reaches"));
    String deep =
        CHeader.of(new Parameters(Topology.parse("80-80-80-80-1", Activation.RELU)), null);
    assertFalse(deep.contains(check));
    assertTrue(deep.contains("78084 bytes of weights and tables, and pgm_read_dword reaches"));
  }

  @Test
  void theAnswerHasATypeThatHoldsIt() {
    assertTrue(outputs(15).contains("static inline int predict("));
    assertTrue(outputs(16).contains("static inline int32_t predict("));
    assertFalse(outputs(32).contains("predict("));
  }

  private static String outputs(int count) {
    Topology topology = new Topology(new int[] {2, count}, Activation.SIGMOID);
    return CHeader.of(new Parameters(topology), null);
  }

  @Test
  void weightsBeyondTheFormatSaturate() {
    Topology topology = Topology.parse("1-1", Activation.LINEAR);
    String text = CHeader.of(Parameters.of(topology, 1e30f, -200f), null);
    assertTrue(text.contains("switchback_w1[1] = {\n    8388607,\n};"), text);
    assertTrue(text.contains("switchback_b1[1] = {\n    -8388608,\n};"), text);
  }

  @Test
  void linesAreShortAndPlain() {
    Topology topology = Topology.parse("8-20-2", Activation.SIGMOID, Activation.SOFTMAX);
    String text = CHeader.of(new Parameters(topology), null);
    assertTrue(text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')));
    assertTrue(text.lines().allMatch(line -> line.length() <= 100));
    assertEquals(text, CHeader.of(new Parameters(topology), null));
  }

  @Test
  void moreThanAMicrocontrollerHoldsIsRefused() {
    Parameters parameters = new Parameters(Topology.parse("1024-1024-1", Activation.RELU));
    assertEquals(
        "topology 1024-1024-1 has 1050625 parameters; a C header holds at most 1048576",
        assertThrows(IllegalArgumentException.class, () -> CHeader.of(parameters, null))
            .getMessage());
  }
}
