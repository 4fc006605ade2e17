package dev.switchback.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Inputs longer than those of the fuzzer, designed to be expensive. */
class HostileInputTest {
  private static byte[] safetensors(String header) {
    byte[] text = header.getBytes(ISO_8859_1);
    return ByteBuffer.allocate(8 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  private static String joined(int count, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(","));
  }

  private static void checkHeader(String header) {
    FuzzTarget.SAFETENSORS.check(safetensors(header));
  }

  @Test
  void headersOfSafetensorsThatAreFullOfOneThing() {
    checkHeader("{\"__metadata__\":{" + joined(7000, k -> "\"" + k + "\":\"\"") + "}}");
    checkHeader("{" + joined(6000, k -> "\"" + k + "\":{}") + "}");
    checkHeader("{\"W1\":{\"dtype\":\"F32\",\"shape\":[" + joined(32_000, _ -> "1") + "]}}");
    checkHeader("{\"W1\":{\"data_offsets\":[" + joined(16_000, _ -> "999") + "]}}");
    checkHeader("{\"W1\":{\"dtype\":" + "[".repeat(60_000));
    checkHeader("{\"" + "n".repeat(49_000) + ".weight\":{}}");
    checkHeader("{\"" + "n".repeat(60_000) + "\":{}}");
    checkHeader("{\"W1\":{\"shape\":[" + "9".repeat(60_000) + "]}}");
    checkHeader("{" + " ".repeat(65_000) + "}");
  }

  private static byte[] npy(String descr, String shape, int valueBytes) {
    String header =
        "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
    return ByteBuffer.allocate(10 + header.length() + valueBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("\u0093NUMPY\1\0".getBytes(ISO_8859_1))
        .putShort((short) header.length())
        .put(header.getBytes(ISO_8859_1))
        .array();
  }

  @Test
  void arraysThatDeclareMoreThanTheyHold() {
    FuzzTarget.NPY.check(npy("<f8", "(4096, 4096)", 0));
    FuzzTarget.NPY.check(npy("<f4", "(1,)", 8 << 20));
    FuzzTarget.NPY.check(npy("<f4", "(" + "1,".repeat(4900) + ")", 0));
    FuzzTarget.NPY.check(npy("x".repeat(9000), "(1,)", 0));
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void zipsOfManyEntriesLongNamesOrNothingButZeros() throws IOException {
    Map<String, byte[]> many = new LinkedHashMap<>();
    for (int k = 0; k < 20_000; k++) {
      many.put("W" + k + ".npy", new byte[0]);
    }
    FuzzTarget.NPZ.check(zip(many));
    FuzzTarget.NPZ.check(zip(Map.of("n".repeat(60_000) + ".txt", new byte[0])));
    FuzzTarget.NPZ.check(zip(Map.of("W1.npy", npy("<f4", "(1,)", 16 << 20))));
    FuzzTarget.NPZ.check(zip(Map.of("W1.npy", npy("<f8", "(4096, 4096)", 128 << 20))));
    byte[] zeros = npy("<f8", "(1024, 1024)", 8 << 20);
    FuzzTarget.NPZ.check(zip(Map.of("W1.npy", zeros, "b1.npy", npy("<f8", "(1024,)", 8 << 10))));
  }

  private static void checkFann(String layerSizes, String neurons) {
    String text =
        "FANN_FLO_2.1\nnum_layers=2\nnetwork_type=0\nscale_included=0\nlayer_sizes="
            + layerSizes
            + "\nneurons="
            + neurons
            + "\nconnections=\n";
    FuzzTarget.FANN.check(text.getBytes(ISO_8859_1));
  }

  @Test
  void filesOfFannThatAreFullOfOneThing() {
    checkFann("2 ".repeat(500_000), "");
    checkFann("3" + " ".repeat(1_000_000) + "2", "");
    checkFann("3".repeat(1_000_000), "");
    checkFann("3 2", "(".repeat(1_000_000));
    checkFann("3 2", "(0,0,0)" + " ".repeat(1_000_000) + "((((");
    FuzzTarget.FANN.check(("FANN_FLO_2.1\n" + "\n".repeat(1_000_000)).getBytes(ISO_8859_1));
    FuzzTarget.FANN.check(("FANN_FLO_2.1\n" + "=\n".repeat(500_000)).getBytes(ISO_8859_1));
  }

  @Test
  void imagesFullOfTlvs() throws IOException {
    byte[] hashed =
        ImageBytes.hashed(
            WeightImage.read(
                Files.readAllBytes(Path.of("src/test/resources/fuzz/image/seed-unsigned.img"))));
    byte[][] entries = new byte[16_000][];
    Arrays.fill(entries, ImageBytes.tlv(0x1a0));
    byte[] area = ImageBytes.area(0x6908, entries);
    FuzzTarget.SEALED_IMAGE.check(
        ImageBytes.join(ImageBytes.withU16(hashed, 10, area.length), area));
  }
}
