package dev.switchback.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WeightImageTest {
  static final ImageVersion VERSION = ImageVersion.parse("1.2.3+4");
  static final Parameters XOR =
      Parameters.of(
          Topology.parse("2-2-1", Activation.SIGMOID), 6f, -6f, 6f, -6f, -3f, 9f, 9f, 9f, -13f);
  static final WeightImage UNSIGNED =
      WeightImage.of(VERSION, XOR, Engine.FIXED, Map.of("truth", "0110", "recipe", "device"));
  static final SigningKey KEY = SigningKey.generate();

  @Test
  void anImageHoldsWhatItIsMadeOf() throws FormatException {
    WeightImage image = WeightImage.read(UNSIGNED.bytes());
    assertEquals(VERSION, image.version());
    assertEquals(XOR, image.parameters());
    assertEquals("fixed", image.metadata().get("engine"));
    assertEquals(
        Map.of(
            "activations", "sigmoid,sigmoid",
            "topology", "2-2-1",
            "engine", "fixed",
            "q_format", "Q7.16",
            "truth", "0110",
            "recipe", "device"),
        image.metadata());
    assertFalse(image.isSigned());
    assertEquals(72, image.bytes().length - image.header().payloadBytes());
    assertEquals(64, image.hashText().length());
    assertArrayEquals(image.hash(), Sha256.of(image.bytes(), 32 + image.header().payloadBytes()));
  }

  @Test
  void theTrueNetworkIsNamedWhateverTheFurtherMetadataSay() {
    Map<String, String> false_ =
        Map.of("topology", "9-9", "engine", "fixed", "q_format", "Q1.1", "activations", "tanh");
    assertEquals(
        Map.of(
            "activations", "sigmoid,sigmoid",
            "topology", "2-2-1",
            "engine", "float",
            "q_format", "Q7.16"),
        WeightImage.of(VERSION, XOR, Engine.FLOAT, false_).metadata());
  }

  @Test
  void nobodyCanChangeAnImage() {
    byte[] bytes = UNSIGNED.bytes();
    Arrays.fill(UNSIGNED.bytes(), (byte) 0);
    Arrays.fill(UNSIGNED.hash(), (byte) 0);
    UNSIGNED.parameters().fill(0);
    assertArrayEquals(bytes, UNSIGNED.bytes());
    assertEquals(XOR, UNSIGNED.parameters());
    assertThrows(
        UnsupportedOperationException.class, () -> UNSIGNED.metadata().put("truth", "1001"));
  }

  @Test
  void theCallersArrayIsNotKept() throws FormatException {
    byte[] file = UNSIGNED.bytes();
    WeightImage image = WeightImage.read(file);
    Arrays.fill(file, (byte) 0);
    assertArrayEquals(UNSIGNED.bytes(), image.bytes());
  }

  @Test
  void aSignatureAddsTwoTlvsAndChangesNothingElse() throws FormatException {
    WeightImage signed = UNSIGNED.signed(KEY);
    int hashed = UNSIGNED.header().hashedBytes();
    assertTrue(signed.isSigned());
    assertEquals(UNSIGNED.bytes().length + 104, signed.bytes().length);
    assertEquals(hashed, Arrays.mismatch(UNSIGNED.bytes(), signed.bytes()) - 2);
    assertEquals(UNSIGNED.hashText(), signed.hashText());
    assertEquals(
        List.of("SHA256", "KEYHASH", "ED25519"), signed.tlvs().stream().map(Tlv::name).toList());
    signed.requireSignedBy(KEY.verifyingKey());
    assertArrayEquals(signed.bytes(), UNSIGNED.signed(KEY).bytes());
  }

  @Test
  void aSecondSignatureReplacesTheFirst() throws FormatException {
    SigningKey other = SigningKey.generate();
    WeightImage signed = UNSIGNED.signed(other).signed(KEY);
    assertArrayEquals(UNSIGNED.signed(KEY).bytes(), signed.bytes());
    signed.requireSignedBy(KEY.verifyingKey());
  }

  @Test
  void twoNetworksHaveTwoNames() {
    Parameters other = XOR.copy();
    other.set(0, 0, 0, Math.nextUp(6f));
    assertNotEquals(
        UNSIGNED.hashText(), WeightImage.of(VERSION, other, Engine.FIXED, Map.of()).hashText());
  }

  @Test
  void whatNoImageCanHoldIsTheCallersError() {
    Parameters wrong = XOR.copy();
    wrong.set(1, 0, 0, Float.NaN);
    assertThrows(
        IllegalArgumentException.class,
        () -> WeightImage.of(VERSION, wrong, Engine.FLOAT, Map.of()));
    Parameters large = new Parameters(Topology.parse("1024-2048-1", Activation.RELU));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> WeightImage.of(VERSION, large, Engine.FLOAT, Map.of()))
            .getMessage();
    assertEquals(
        "1024-2048-1 takes 8,405,460 bytes as an image, a device has room for 1,048,576, which is"
            + " about 260,096 weights and biases",
        message);
  }

  @Test
  void thePageNamesEveryCheckInItsOrder() throws Exception {
    List<String> names =
        Pattern.compile("^\\| `([A-Z_]+)` \\|", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("src/docs/weight-image.md")))
            .results()
            .map(row -> row.group(1))
            .toList();
    assertEquals(Arrays.stream(ImageCheck.values()).map(ImageCheck::name).toList(), names);
  }

  @Test
  void thePaddingOfATransferIsCutOffAndNothingElse() {
    byte[] image = UNSIGNED.bytes();
    for (int padding : new int[] {0, 1, 1023}) {
      byte[] padded = Arrays.copyOf(image, image.length + padding);
      Arrays.fill(padded, image.length, padded.length, (byte) 0x1a);
      assertArrayEquals(image, WeightImage.withoutPadding(padded));
    }
    byte[] tail = Arrays.copyOf(image, image.length + 3);
    tail[image.length] = 0x1a;
    assertSame(tail, WeightImage.withoutPadding(tail));
    for (int length = 0; length < image.length; length++) {
      byte[] cut = Arrays.copyOf(image, length);
      assertArrayEquals(cut, WeightImage.withoutPadding(cut));
    }
    byte[] text =
        "no image at all, but long enough to be asked for the fields of one. "
            .repeat(9)
            .getBytes(StandardCharsets.US_ASCII);
    assertSame(text, WeightImage.withoutPadding(text));
  }
}
