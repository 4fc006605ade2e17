package dev.switchback.tools.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
    assertTrue(linear.length() < 4_000, linear.length() + " characters");
    String mixed =
        CHeader.of(
            new Parameters(Topology.parse("2-3-2", Activation.TANH, Activation.SOFTMAX)), null);
    assertTrue(mixed.contains("switchback_tanh_table[2049]"));
    assertTrue(mixed.contains("switchback_decay_table[2049]"));
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
