package dev.switchback.format;

import static dev.switchback.format.SafetensorsTest.HEADER;
import static dev.switchback.format.SafetensorsTest.VALUES;
import static dev.switchback.format.SafetensorsTest.file;
import static dev.switchback.format.SafetensorsTest.refusal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of other writers in our own form: doubles, biases as rows. */
class SafetensorsOfOthersTest {
  private static byte[] doubles(String header, double... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      buffer.putDouble(value);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(file(header.length(), header));
    bytes.writeBytes(buffer.array());
    return bytes.toByteArray();
  }

  private static final String ONE_WEIGHT =
      "{\"__metadata__\":{\"activations\":\"linear\"},"
          + "\"W1\":{\"dtype\":\"F64\",\"shape\":[1,1],\"data_offsets\":[0,8]},"
          + "\"b1\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,16]}}";

  @Test
  void doublesAreRoundedToTheNearestFloat() throws FormatException {
    double between = 1 + 1.5 * Math.ulp(1f);
    Safetensors.Content content = Safetensors.read(doubles(ONE_WEIGHT, between, 1e-60));
    assertArrayEquals(
        new float[] {1 + 2 * Math.ulp(1f), 0f}, content.parameters().toArray(), "to even");
    assertEquals("linear", content.parameters().topology().activationLabels());
  }

  @ParameterizedTest
  @CsvSource({"1e39, '1.0E39, beyond the largest float'", "NaN, NaN", "-Infinity, -Infinity"})
  void doublesThatNoFloatHoldsAreRefused(double value, String shown) {
    assertEquals("tensor b1: value 0 is " + shown, refusal(doubles(ONE_WEIGHT, 1, value)));
  }

  @Test
  void doublesNeedTheirOwnRoom() {
    assertEquals(
        "tensor W1: data_offsets [0, 16] do not hold 4 values of F64",
        refusal("W1\":{\"dtype\":\"F32", "W1\":{\"dtype\":\"F64"));
  }

  @Test
  void biasesMayBeRows() throws FormatException {
    String header = HEADER.replace("[2],", "[1,2],").replace("[1],", "[1,1],");
    assertArrayEquals(VALUES, Safetensors.read(file(header)).parameters().toArray());
  }

  @Test
  void moreLayersThanATopologyMayHaveAreRefused() {
    StringBuilder header = new StringBuilder("{");
    for (int k = 0; k < 17; k++) {
      int at = 8 * k;
      header.append(k == 0 ? "" : ",");
      header.append(
          "\"W%d\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[%d,%d]},"
              .formatted(k + 1, at, at + 4));
      header.append(
          "\"b%d\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}"
              .formatted(k + 1, at + 4, at + 8));
    }
    String text = header.append('}').toString();
    assertEquals(
        "17 layers, at most 16 expected", refusal(file(text.length(), text, new float[34])));
  }
}
