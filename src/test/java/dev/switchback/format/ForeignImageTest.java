package dev.switchback.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.TruthTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of other programs, and of our earlier versions. */
class ForeignImageTest {
  private static final Path OTHERS = Path.of("src/test/resources/mcuboot");
  private static final Path GOLDEN = Path.of("src/test/resources/golden/image");

  private static WeightImage read(Path file) throws IOException {
    return WeightImage.read(Files.readAllBytes(file));
  }

  private static SigningKey key() throws IOException {
    return SigningKey.parsePem(Files.readString(OTHERS.resolve("device.pem")));
  }

  @Test
  void keysOfOpensslBelongTogetherAndAreWrittenAsItWritesThem() throws IOException {
    String publicPem = Files.readString(OTHERS.resolve("device.pub.pem"));
    assertEquals(publicPem, key().verifyingKey().toPem());
    assertEquals(publicPem, VerifyingKey.parsePem(publicPem).toPem());
    assertEquals(Files.readString(OTHERS.resolve("device.pem")), key().toPem());
  }

  @ParameterizedTest
  @CsvSource({
    "unsigned, 1.2.3+4, false",
    "signed, 1.2.3+4, true",
    "sparse, 1.2.3+4, true",
    "double, 1.2.3+4, true",
    "vendor, 1.2.3+4, true",
    "largest_version, 255.255.65535+4294967295, true"
  })
  void imagesOfOthersAreRead(String name, String version, boolean isSigned) throws IOException {
    WeightImage image = read(OTHERS.resolve(name + ".img"));
    assertEquals(version, image.version().toString());
    assertEquals("2-3-1", image.metadata().get("topology"));
    assertEquals("float", image.metadata().get("engine"));
    assertEquals(TruthTable.XOR, TruthTable.answeredBy(Engine.FLOAT.model(image.parameters())));
    assertEquals(isSigned, image.isSigned());
    if (isSigned) {
      image.requireSignedBy(key().verifyingKey());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"signed", "sparse", "double", "vendor", "largest_version"})
  void ourSignatureOfTheirImageIsTheirs(String name) throws IOException {
    byte[] theirs = Files.readAllBytes(OTHERS.resolve(name + ".img"));
    assertArrayEquals(
        theirs, WeightImage.read(theirs).signed(SigningKey.generate()).signed(key()).bytes());
  }

  @ParameterizedTest
  @CsvSource({
    "pure, TLV_TYPE, 0x0025 (SIG_PURE)",
    "counter, TLV_TYPE, 0x0050 (SEC_CNT)",
    "width, TOPOLOGY, found '2-2-1'",
    "half, PAYLOAD, dtype is F16",
    "torch, PAYLOAD, tensor W1 is missing"
  })
  void imagesThatMeanSomethingElseAreRefused(String name, ImageCheck check, String part) {
    ImageException refusal =
        assertThrows(ImageException.class, () -> read(OTHERS.resolve(name + ".img")));
    assertEquals(check, refusal.check());
    assertTrue(String.valueOf(refusal.getMessage()).contains(part), refusal.getMessage());
  }

  @Test
  void imagesOfTheFirstFormatAreReadAndWrittenForEver() throws IOException {
    WeightImage written =
        WeightImage.of(
            WeightImageTest.VERSION,
            WeightImageTest.XOR,
            Engine.FIXED,
            Map.of("truth", "0110", "recipe", "device"));
    byte[] unsigned = Files.readAllBytes(GOLDEN.resolve("unsigned.img"));
    byte[] signed = Files.readAllBytes(GOLDEN.resolve("signed.img"));
    assertArrayEquals(unsigned, written.bytes());
    assertArrayEquals(signed, written.signed(key()).bytes());
    WeightImage read = WeightImage.read(signed);
    assertEquals(WeightImageTest.XOR, read.parameters());
    assertEquals(written.metadata(), read.metadata());
    read.requireSignedBy(key().verifyingKey());
  }

  /** Returns the bytes as {@code xxd} prints them. */
  private static String dump(byte[] bytes, int from) {
    StringBuilder line = new StringBuilder(HexFormat.of().toHexDigits(from)).append(": ");
    int to = Math.min(from + 16, bytes.length);
    for (int at = from; at < to; at++) {
      line.append(HexFormat.of().toHexDigits(bytes[at])).append((at & 1) == 1 ? " " : "");
    }
    String text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    return "%-51s".formatted(line) + text.replaceAll("[^ -~]", ".");
  }

  @Test
  void theExampleOfThePageIsSuchAnImage() throws IOException {
    byte[] image = Files.readAllBytes(GOLDEN.resolve("signed.img"));
    String page = Files.readString(Path.of("src/docs/weight-image.md"));
    StringBuilder whole = new StringBuilder();
    for (int from = 0; from < image.length; from += 16) {
      whole.append(dump(image, from)).append('\n');
    }
    assertTrue(page.contains("```\n" + whole + "```"), "the page should show\n" + whole);
  }
}
