package dev.switchback.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The metadata {@code answer}: how outputs become answers. */
class AnswerMetadataTest {
  private static final Topology LINEAR = Topology.parse("2-2", Activation.LINEAR);

  private static byte[] written(Topology topology) {
    return Safetensors.write(new Parameters(topology), Map.of());
  }

  private static String header(byte[] file) {
    return new String(file, StandardCharsets.ISO_8859_1);
  }

  /** Returns the file with a rule of the same length in place of {@code argmax}. */
  private static byte[] withRule(String six) {
    return header(written(LINEAR.withArgmax()))
        .replace("argmax", six)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void argmaxIsWrittenAndReadUnlessSoftmaxImpliesIt() throws FormatException {
    byte[] argmax = written(LINEAR.withArgmax());
    assertTrue(header(argmax).contains("\"answer\":\"argmax\""), header(argmax));
    assertTrue(Safetensors.read(argmax).parameters().topology().isArgmax());
    assertFalse(Safetensors.read(written(LINEAR)).parameters().topology().isArgmax());
    byte[] softmax = written(Topology.parse("2-2", Activation.SOFTMAX));
    assertFalse(header(softmax).contains("answer"), header(softmax));
    assertTrue(Safetensors.read(softmax).parameters().topology().isArgmax());
  }

  @Test
  void anUnknownRuleIsRefused() {
    assertEquals(
        "metadata 'answer': found 'argmin', expected threshold or argmax",
        assertThrows(FormatException.class, () -> Safetensors.read(withRule("argmin")))
            .getMessage());
  }

  @Test
  void oneOutputHasNoLargest() {
    byte[] file =
        Safetensors.write(
            new Parameters(Topology.parse("2-1", Activation.LINEAR)), Map.of("answe_", "argmax"));
    byte[] stated = header(file).replace("answe_", "answer").getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        "metadata 'answer': argmax needs two outputs or more, not 2-1",
        assertThrows(FormatException.class, () -> Safetensors.read(stated)).getMessage());
  }
}
