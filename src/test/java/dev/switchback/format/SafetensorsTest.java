package dev.switchback.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class SafetensorsTest {
  static final String HEADER =
      "{\"__metadata__\":{\"activations\":\"sigmoid,sigmoid\"},"
          + "\"W1\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},"
          + "\"b1\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[16,24]},"
          + "\"W2\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[24,32]},"
          + "\"b2\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[32,36]}}";
  static final float[] VALUES = {1f, -2f, 0.5f, 0.1f, 3f, -0f, 1e-30f, 7f, -1e30f};
  private static final Topology XOR_NET = Topology.parse("2-2-1", Activation.SIGMOID);

  static byte[] file(long headerBytes, String header, float... values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int k = 0; k < 8; k++) {
      bytes.write((int) (headerBytes >> (8 * k)));
    }
    bytes.writeBytes(header.getBytes(StandardCharsets.UTF_8));
    for (float value : values) {
      int bits = Float.floatToRawIntBits(value);
      bytes.write(bits);
      bytes.write(bits >> 8);
      bytes.write(bits >> 16);
      bytes.write(bits >> 24);
    }
    return bytes.toByteArray();
  }

  /** Returns a file of a header, without padding, and the nine values. */
  static byte[] file(String header) {
    return file(header.getBytes(StandardCharsets.UTF_8).length, header, VALUES);
  }

  static String refusal(byte[] file) {
    return String.valueOf(
        assertThrows(FormatException.class, () -> Safetensors.read(file)).getMessage());
  }

  /** Returns the refusal of the valid file with a part of its header replaced. */
  static String refusal(String part, String replacement) {
    assertTrue(HEADER.contains(part), part);
    return refusal(file(HEADER.replace(part, replacement)));
  }

  @Test
  void fileOfTwoTwoOneIsWrittenByteForByte() {
    String padded = HEADER + " ".repeat((8 - HEADER.length() % 8) % 8);
    assertEquals(0, padded.length() % 8);
    assertTrue(padded.length() > HEADER.length(), "the padding is seen");
    assertArrayEquals(
        file(padded.length(), padded, VALUES),
        Safetensors.write(Parameters.of(XOR_NET, VALUES), Map.of()));
  }

  @Test
  void furtherMetadataIsWrittenInOrderOfItsKeysWithTheTrueActivations() {
    byte[] file =
        Safetensors.write(
            Parameters.of(XOR_NET, VALUES),
            Map.of("seed", "7", "activations", "relu", "note", "\u00e4 \"b\""));
    assertTrue(
        new String(file, StandardCharsets.UTF_8)
            .startsWith(
                "{\"__metadata__\":{\"activations\":\"sigmoid,sigmoid\","
                    + "\"note\":\"\u00e4 \\\"b\\\"\",\"seed\":\"7\"},\"W1\"",
                8));
  }

  @ParameterizedTest
  @CsvSource({
    "1-1, linear",
    "2-2-1, sigmoid",
    "2-20-1, tanh",
    "3-16-5-17-4, relu",
    "4096-1, linear",
    "1-4096, linear",
    "1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1, tanh"
  })
  void whatIsWrittenIsReadBack(String widths, String activation) throws FormatException {
    Topology topology = Topology.parse(widths, Activation.of(activation));
    float[] values = new float[topology.parameterCount()];
    for (int k = 0; k < values.length; k++) {
      values[k] = k / 7f - 3f;
    }
    Parameters parameters = Parameters.of(topology, values);
    byte[] file = Safetensors.write(parameters, Map.of("seed", "1", "name", "\u00e4\n"));
    Safetensors.Content content = Safetensors.read(file);
    assertEquals(parameters, content.parameters());
    assertEquals(
        Map.of("seed", "1", "name", "\u00e4\n", "activations", topology.activationLabels()),
        content.metadata());
    assertArrayEquals(file, Safetensors.write(content.parameters(), content.metadata()));
  }

  @Test
  void activationsDifferByLayer() throws FormatException {
    Topology topology = Topology.parse("2-3-2", Activation.RELU, Activation.SOFTMAX);
    byte[] file = Safetensors.write(new Parameters(topology), Map.of());
    assertEquals(topology, Safetensors.read(file).parameters().topology());
  }

  @Test
  void tensorsMayComeInAnyOrderWithForeignMetadataAndNoPadding() throws FormatException {
    String header =
        "{\"b2\":{\"data_offsets\":[0,4],\"shape\":[1],\"dtype\":\"F32\"},"
            + "\"W2\":{\"shape\":[2,1],\"data_offsets\":[12,20],\"dtype\":\"F32\"},"
            + "\"W1\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[20,36]},"
            + " \"__metadata__\" : {\"format\":\"pt\",\"activations\":\"tanh,sigmoid\"},"
            + "\"b1\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}";
    Safetensors.Content content =
        Safetensors.read(file(header.length(), header, 9f, 5f, 6f, 7f, 8f, 1f, 2f, 3f, 4f));
    assertArrayEquals(
        new float[] {1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f}, content.parameters().toArray());
    assertEquals("tanh,sigmoid", content.parameters().topology().activationLabels());
    assertEquals("pt", content.metadata().get("format"));
  }

  @Test
  void everyTruncationIsRefusedWithItsLength() {
    byte[] whole = file(HEADER);
    for (int length = 0; length < whole.length; length++) {
      String expected =
          length < 8
              ? "no safetensors: " + length + " bytes, at least 8 expected"
              : length < 8 + HEADER.length()
                  ? "no safetensors: header length at offset 0 is "
                      + HEADER.length()
                      + ", expected 2 to "
                      + (length - 8)
                  : "safetensors buffer: "
                      + (length - 8 - HEADER.length())
                      + " bytes, the tensors hold 36";
      assertEquals(expected, refusal(Arrays.copyOf(whole, length)));
    }
    assertEquals(
        "safetensors buffer: 37 bytes, the tensors hold 36",
        refusal(Arrays.copyOf(whole, whole.length + 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "-1, 18446744073709551615",
    "-9223372036854775808, 9223372036854775808",
    "9223372036854775807, 9223372036854775807",
    "4294967298, 4294967298"
  })
  void headerLengthOutOfRangeIsRefusedAsUnsigned(long length, String shown) {
    byte[] file = file(length, HEADER, VALUES);
    assertEquals(
        "no safetensors: header length at offset 0 is "
            + shown
            + ", expected 2 to "
            + (file.length - 8),
        refusal(file));
  }

  @Test
  void headerIsAtMost64KiB() throws FormatException {
    String longest = HEADER + " ".repeat(65536 - HEADER.length());
    assertArrayEquals(VALUES, Safetensors.read(file(longest)).parameters().toArray());
    assertEquals(
        "no safetensors: header length at offset 0 is 65537, expected 2 to 65536",
        refusal(file(longest + " ")));
  }

  @Test
  void noFlippedHeaderByteThrowsAnythingElse() {
    byte[] file = file(HEADER);
    int refused = 0;
    for (int k = 0; k < 8 + HEADER.length(); k++) {
      byte good = file[k];
      for (int value = 0; value < 256; value++) {
        file[k] = (byte) value;
        refused += readsOrIsRefused(file) ? 0 : 1;
      }
      file[k] = good;
    }
    assertTrue(refused > 200 * HEADER.length(), "refused " + refused);
  }

  @Test
  void noFourFlippedBytesThrowAnythingElse() {
    Random random = new Random(1);
    byte[] good = file(HEADER);
    for (int run = 0; run < 20_000; run++) {
      byte[] file = good.clone();
      for (int k = 0; k < 4; k++) {
        file[random.nextInt(file.length)] = (byte) random.nextInt(256);
      }
      readsOrIsRefused(file);
    }
  }

  private static boolean readsOrIsRefused(byte[] file) {
    try {
      assertEquals(9, Safetensors.read(file).parameters().topology().parameterCount());
      return true;
    } catch (FormatException e) {
      assertTrue(String.valueOf(e.getMessage()).length() > 10);
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{ ", "{]", "{\"W1\"}", "{} {}x", "{\"W1\":{\"dtype\":"})
  void brokenJsonIsRefused(String header) {
    String message = refusal(file(header));
    assertTrue(message.startsWith("safetensors header, byte "), message);
  }

  @Test
  void jsonOfAnotherShapeIsRefusedWithItsPlace() {
    assertEquals(
        "safetensors header, byte 6: '{' expected, found '3'", refusal(file("{\"W1\":3}")));
    assertEquals(
        "safetensors header, byte 21: '\"' expected, found '1'",
        refusal(file("{\"__metadata__\":{\"a\":1}}")));
    assertEquals("safetensors header, byte 3: the end expected, found '{'", refusal(file("{} {}")));
  }

  @Test
  void duplicateKeysAreRefused() {
    assertEquals("safetensors header: field 'b1' is there twice", refusal("\"b2\"", "\"b1\""));
    assertEquals(
        "safetensors header: field 'activations' is there twice",
        refusal("\"activations\":", "\"activations\":\"relu,relu\",\"activations\":"));
    assertEquals(
        "safetensors header: field 'dtype' is there twice",
        refusal("\"W1\":{\"dtype\"", "\"W1\":{\"dtype\":\"F32\",\"dtype\""));
    assertEquals(
        "safetensors header: field '__metadata__' is there twice",
        refusal("\"W1\":", "\"__metadata__\":{},\"W1\":"));
  }

  @Test
  void tensorsOfOtherKindsAreRefused() {
    assertEquals(
        "tensor W1: dtype is F16, F32 or F64 expected",
        refusal("W1\":{\"dtype\":\"F32", "W1\":{\"dtype\":\"F16"));
    assertEquals(
        "tensor b1: dtype is none, F32 or F64 expected",
        refusal("b1\":{\"dtype\":\"F32\",", "b1\":{"));
    assertEquals("tensor b1: unknown field 'Shape'", refusal("\"shape\":[2],", "\"Shape\":[2],"));
    assertEquals(
        "tensor b1: shape has 0 dimensions, 1 or 2 expected", refusal("\"shape\":[2],", ""));
    assertEquals("tensor W1: shape has 3 dimensions, 1 or 2 expected", refusal("[2,2]", "[2,2,1]"));
    assertEquals("tensor W1: dimension 0, 1 to 4096 expected", refusal("[2,2]", "[2,0]"));
    assertEquals("tensor W1: dimension 4097, 1 to 4096 expected", refusal("[2,2]", "[4097,2]"));
    assertEquals("tensor W1: dimension -2, 1 to 4096 expected", refusal("[2,2]", "[-2,-2]"));
  }

  @Test
  void offsetsThatDoNotHoldTheTensorAreRefused() {
    assertEquals(
        "tensor W1: data_offsets [0, 15] do not hold 4 values of F32", refusal("[0,16]", "[0,15]"));
    assertEquals(
        "tensor W1: data_offsets [0, 20] do not hold 4 values of F32", refusal("[0,16]", "[0,20]"));
    assertEquals(
        "tensor W1: data_offsets [16, 0] do not hold 4 values of F32", refusal("[0,16]", "[16,0]"));
    assertEquals(
        "tensor W1: data_offsets [-16, 0] do not hold 4 values of F32",
        refusal("[0,16]", "[-16,0]"));
    assertEquals(
        "tensor W1: data_offsets [16] do not hold 4 values of F32", refusal("[0,16]", "[16]"));
    assertEquals(
        "tensor W1: data_offsets [0, 16, 32] do not hold 4 values of F32",
        refusal("[0,16]", "[0,16,32]"));
    assertEquals(
        "tensor W1: data_offsets [] do not hold 4 values of F32",
        refusal(",\"data_offsets\":[0,16]", ""));
  }

  @Test
  void offsetsThatAreNoIntegersAreRefused() {
    int at = HEADER.indexOf("[0,16]");
    assertEquals(
        "safetensors header, byte " + (at + 1) + ": an integer expected, found '\"'",
        refusal("[0,16]", "[\"0\",16]"));
    assertEquals(
        "safetensors header, byte " + (at + 2) + ": ']' expected, found '.'",
        refusal("[0,16]", "[0.0,16]"));
    assertEquals(
        "safetensors header, byte " + at + ": '[' expected, found '1'", refusal("[0,16]", "16"));
    assertEquals(
        "safetensors header, byte " + (at + 3) + ": an integer of 64 bits expected, found '9'",
        refusal("[0,16]", "[0,99999999999999999999]"));
  }

  @Test
  void holesOverlapsAndRestsAreRefused() {
    assertEquals("tensor W1: begins at 4, expected 0", refusal("[0,16]", "[4,20]"));
    assertEquals("tensor b1: begins at 20, expected 16", refusal("[16,24]", "[20,28]"));
    assertEquals("tensor b1: begins at 12, expected 16", refusal("[16,24]", "[12,20]"));
    assertEquals("tensor b2: begins at 36, expected 32", refusal("[32,36]", "[36,40]"));
    String far = "[9223372036854775804,-9223372036854775808]";
    assertEquals("tensor b2: begins at 9223372036854775804, expected 32", refusal("[32,36]", far));
    assertEquals(
        "safetensors buffer: 40 bytes, the tensors hold 36",
        refusal(file(HEADER.length(), HEADER, Arrays.copyOf(VALUES, 10))));
  }

  @Test
  void tensorsMustMakeANetwork() {
    assertEquals("0 tensors; a network has a W and a b for each layer", refusal(file(2, "{}")));
    int b2 = HEADER.indexOf(",\"b2\"");
    String withoutB2 = HEADER.substring(0, b2) + "}";
    assertEquals(
        "3 tensors; a network has a W and a b for each layer",
        refusal(file(withoutB2.length(), withoutB2, Arrays.copyOf(VALUES, 8))));
    assertEquals("tensor b2 is missing, found [W1, W2, b1, b3]", refusal("\"b2\"", "\"b3\""));
    assertEquals("tensor W1 is missing, found [W2, b1, b2, w1]", refusal("\"W1\"", "\"w1\""));
    assertEquals("tensor W1: shape [4], [in, out] expected", refusal("[2,2]", "[4]"));
    assertEquals("tensor b1: shape [2, 1], [out] or [1, out] expected", refusal("[2],", "[2,1],"));
    assertEquals(
        "tensors W1 [4, 1] and b1 [2] do not fit their neighbours", refusal("[2,2]", "[4,1]"));
    assertEquals(
        "tensors W2 [1, 2] and b2 [1] do not fit their neighbours", refusal("[2,1]", "[1,2]"));
    String shorter =
        HEADER
            .replace("[2,1],\"data_offsets\":[24,32]", "[1,1],\"data_offsets\":[24,28]")
            .replace("[32,36]", "[28,32]");
    assertEquals(
        "tensors W2 [1, 1] and b2 [1] do not fit their neighbours",
        refusal(file(shorter.length(), shorter, Arrays.copyOf(VALUES, 8))));
  }

  @Test
  void activationsMustFitTheTensors() {
    assertEquals(
        "metadata 'activations' is missing; expected one label per layer, such as sigmoid,sigmoid",
        refusal("{\"activations\":\"sigmoid,sigmoid\"}", "{}"));
    assertEquals(
        "metadata 'activations' is missing; expected one label per layer, such as sigmoid,sigmoid",
        refusal("\"__metadata__\":{\"activations\":\"sigmoid,sigmoid\"},", ""));
    assertEquals(
        "metadata 'activations': unknown activation 'swish':"
            + " use sigmoid, tanh, relu, linear or softmax",
        refusal("sigmoid,sigmoid", "sigmoid,swish"));
    assertEquals(
        "metadata 'activations': 2 dense layers need 2 activations, not 1",
        refusal("sigmoid,sigmoid", "sigmoid"));
    assertEquals(
        "metadata 'activations': unknown activation '': use sigmoid, tanh, relu, linear or softmax",
        refusal("sigmoid,sigmoid", "sigmoid,"));
    assertEquals(
        "metadata 'activations': softmax belongs to an output layer of two or more neurons",
        refusal("sigmoid,sigmoid", "softmax,sigmoid"));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void valuesThatAreNoNumbersAreRefusedWithTheirPlace(float value) {
    String[] names = {"W1", "W1", "W1", "W1", "b1", "b1", "W2", "W2", "b2"};
    int[] places = {0, 1, 2, 3, 0, 1, 0, 1, 0};
    for (int k = 0; k < 9; k++) {
      float[] values = VALUES.clone();
      values[k] = value;
      assertEquals(
          "tensor " + names[k] + ": value " + places[k] + " is " + value,
          refusal(file(HEADER.length(), HEADER, values)));
    }
  }
}
