package dev.switchback.format;

import static dev.switchback.format.ImageBytes.area;
import static dev.switchback.format.ImageBytes.hashed;
import static dev.switchback.format.ImageBytes.join;
import static dev.switchback.format.ImageBytes.ofHeader;
import static dev.switchback.format.ImageBytes.sealed;
import static dev.switchback.format.ImageBytes.tlv;
import static dev.switchback.format.ImageBytes.with;
import static dev.switchback.format.ImageBytes.withU16;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.TruthTable;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each check of a weight image fails on its own, and no invalid image passes. */
class ImageCheckTest {
  private static final byte[] FILE = WeightImageTest.UNSIGNED.bytes();
  private static final byte[] HASHED = hashed(WeightImageTest.UNSIGNED);
  private static final int PAYLOAD = HASHED.length - 32;
  private static final int AREA = HASHED.length;
  private static final byte[] SIGNED = WeightImageTest.UNSIGNED.signed(WeightImageTest.KEY).bytes();
  private static final byte[] HASH = tlv(0x10, Sha256.of(HASHED, HASHED.length));

  private static void assertRefused(ImageCheck check, String message, byte[] file) {
    ImageException refusal = assertThrows(ImageException.class, () -> WeightImage.read(file));
    assertEquals(message, refusal.getMessage());
    assertEquals(check, refusal.check());
  }

  @Test
  void sizeOfTheFile() {
    String expected = " bytes, expected 80 to 1048576";
    assertRefused(ImageCheck.SIZE, "file: found 0" + expected, new byte[0]);
    assertRefused(ImageCheck.SIZE, "file: found 79" + expected, Arrays.copyOf(FILE, 79));
    int tooMany = WeightImage.MAX_BYTES + 1;
    assertRefused(ImageCheck.SIZE, "file: found 1048577" + expected, Arrays.copyOf(FILE, tooMany));
  }

  @Test
  void theSmallestAndTheLargestFileAreLookedAt() {
    String message = "magic at offset 0: found 0x0, expected 0x96f3b83d";
    assertRefused(ImageCheck.MAGIC, message, new byte[80]);
    assertRefused(ImageCheck.MAGIC, message, new byte[WeightImage.MAX_BYTES]);
  }

  @Test
  void fieldsOfTheHeader() {
    assertRefused(
        ImageCheck.MAGIC,
        "magic at offset 0: found 0x96f3b83c, expected 0x96f3b83d",
        with(FILE, 0, 0x3c));
    assertRefused(
        ImageCheck.LOAD_ADDRESS,
        "load_addr at offset 4: found 0x1000000, expected 0x0",
        with(FILE, 7, 1));
    assertRefused(
        ImageCheck.HEADER_SIZE,
        "hdr_size at offset 8: found 31, expected 32 to " + (FILE.length - 48),
        with(FILE, 8, 31));
    assertRefused(
        ImageCheck.HEADER_SIZE,
        "hdr_size at offset 8: found 1025, expected 32 to 1024",
        withU16(Arrays.copyOf(FILE, 2000), 8, 1025));
    assertRefused(
        ImageCheck.HEADER_SIZE,
        "hdr_size at offset 8: found 33, expected 32",
        with(Arrays.copyOf(FILE, 80), 8, 33));
    assertRefused(
        ImageCheck.FLAGS, "flags at offset 16: found 0x10, expected 0x0", with(FILE, 16, 0x10));
    assertRefused(
        ImageCheck.PADDING, "pad at offset 28: found 0x1, expected 0x0", with(FILE, 28, 1));
  }

  @Test
  void sizesInTheHeader() {
    String field = "img_size at offset 12: found ";
    String expected = ", expected 8 to " + PAYLOAD;
    for (int wrong : new int[] {0, 7, PAYLOAD + 1}) {
      assertRefused(ImageCheck.PAYLOAD_SIZE, field + wrong + expected, withU16(FILE, 12, wrong));
    }
    assertRefused(
        ImageCheck.PAYLOAD_SIZE,
        field + 4294967295L + expected,
        with(FILE, 12, 255, 255, 255, 255));
    assertRefused(
        ImageCheck.PROTECTED_SIZE,
        "protect_tlv_size at offset 10: found 8, expected 0",
        with(FILE, 10, 8));
    assertRefused(
        ImageCheck.PROTECTED_SIZE,
        "protect_tlv_size at offset 10: found 9, expected 0, or 8 to 8",
        with(Arrays.copyOf(FILE, FILE.length + 8), 10, 9));
    byte[] longer = Arrays.copyOf(FILE, FILE.length + 20);
    for (int wrong : new int[] {7, 21, 65535}) {
      assertRefused(
          ImageCheck.PROTECTED_SIZE,
          "protect_tlv_size at offset 10: found " + wrong + ", expected 0, or 8 to 20",
          withU16(longer, 10, wrong));
    }
  }

  @Test
  void beginningOfTheTlvs() {
    assertRefused(
        ImageCheck.TLV_MAGIC,
        "magic of the TLVs at offset " + AREA + ": found 0x6908, expected 0x6907",
        with(FILE, AREA, 8));
    for (int wrong : new int[] {0, 39, 41}) {
      assertRefused(
          ImageCheck.TLV_TOTAL,
          "length of the TLVs at offset " + (AREA + 2) + ": found " + wrong + ", expected 40",
          with(FILE, AREA + 2, wrong));
    }
    assertRefused(
        ImageCheck.TLV_TOTAL,
        "length of the TLVs at offset " + (AREA + 2) + ": found 40, expected 41",
        Arrays.copyOf(FILE, FILE.length + 1));
  }

  @Test
  void typesOfTheTlvs() {
    String where = "type of a TLV at offset " + (AREA + 40) + ": found ";
    String expected = ", expected SHA256 0x0010, KEYHASH 0x0001 or ED25519 0x0024";
    assertRefused(
        ImageCheck.TLV_TYPE,
        where + "0x0025 (SIG_PURE)" + expected,
        sealed(HASHED, tlv(0x25, (byte) 1)));
    assertRefused(
        ImageCheck.TLV_TYPE, where + "0x00a0" + expected, sealed(HASHED, tlv(0xa0, (byte) 1)));
    assertRefused(
        ImageCheck.TLV_TYPE, where + "0x0124" + expected, sealed(HASHED, tlv(0x124, new byte[64])));
    assertRefused(
        ImageCheck.TLV_REPEATED, where + "a second SHA256, expected one", sealed(HASHED, HASH));
  }

  @Test
  void lengthsOfTheTlvs() {
    String where = " at offset " + (AREA + 42) + ": found ";
    assertRefused(
        ImageCheck.TLV_LENGTH,
        "length of KEYHASH" + where + "31, expected 32",
        sealed(HASHED, tlv(0x01, new byte[31])));
    assertRefused(
        ImageCheck.TLV_LENGTH,
        "length of ED25519" + where + "65, expected 64",
        sealed(HASHED, tlv(0x24, new byte[65])));
    assertRefused(
        ImageCheck.TLV_LENGTH,
        "length of KEYHASH" + where + "32, expected at most 1",
        sealed(HASHED, new byte[] {1, 0, 32, 0, 9}));
    assertRefused(
        ImageCheck.TLV_LENGTH,
        "TLV at offset " + (AREA + 40) + ": found 3 bytes, expected at least 4",
        sealed(HASHED, new byte[] {1, 0, 32}));
  }

  @Test
  void tlvsThatMustBeThere() {
    assertRefused(
        ImageCheck.HASH_MISSING,
        "TLVs: found no SHA256, expected one of 32 bytes",
        join(HASHED, area(0x6907, tlv(0x01, new byte[32]), tlv(0x24, new byte[64]))));
    assertRefused(
        ImageCheck.SIGNATURE_INCOMPLETE,
        "TLVs: found KEYHASH without ED25519, expected both or neither",
        sealed(HASHED, tlv(0x01, new byte[32])));
    assertRefused(
        ImageCheck.SIGNATURE_INCOMPLETE,
        "TLVs: found ED25519 without KEYHASH, expected both or neither",
        sealed(HASHED, tlv(0x24, new byte[64])));
  }

  @Test
  void hashOfTheBytes() {
    byte[] changed = with(FILE, 20, 7);
    assertRefused(
        ImageCheck.HASH,
        "SHA256 at offset "
            + (AREA + 8)
            + ": found "
            + WeightImageTest.UNSIGNED.hashText()
            + ", expected "
            + HexFormat.of().formatHex(Sha256.of(changed, AREA)),
        changed);
  }

  @Test
  void payloadThatIsNoNetwork() {
    assertRefused(
        ImageCheck.PAYLOAD,
        "payload at offset 32: metadata 'activations' is missing; expected one label per layer,"
            + " such as sigmoid,sigmoid",
        ofHeader(SafetensorsTest.HEADER.replace("activations", "other")));
  }

  private static byte[] withMetadata(String key, String value) {
    String more = "{\"__metadata__\":{\"" + key + "\":\"" + value + "\",";
    return ofHeader(SafetensorsTest.HEADER.replace("{\"__metadata__\":{", more));
  }

  @Test
  void payloadOfAnotherNetworkOrDevice() {
    String where = "payload metadata '";
    assertRefused(
        ImageCheck.TOPOLOGY,
        where + "topology' at offset 32: found '2-3-1', expected 2-2-1",
        withMetadata("topology", "2-3-1"));
    assertRefused(
        ImageCheck.ENGINE,
        where + "engine' at offset 32: found 'double', expected float or fixed",
        withMetadata("engine", "double"));
    assertRefused(
        ImageCheck.Q_FORMAT,
        where + "q_format' at offset 32: found 'Q3.12', expected Q7.16",
        withMetadata("q_format", "Q3.12"));
    assertRefused(
        ImageCheck.LESSON,
        where
            + "lesson' at offset 32: found '01', expected one digit of 0 or 1 per switch position,"
            + " and a table per LED, of topology 2-2-1",
        withMetadata("lesson", "01"));
    assertEquals(ImageCheck.LESSON, check(withMetadata("lesson", "")));
    assertEquals(ImageCheck.LESSON, check(withMetadata("lesson", "0112")));
    assertEquals(ImageCheck.LESSON, check(withMetadata("lesson", "0110,")));
    assertEquals(ImageCheck.LESSON, check(withMetadata("lesson", "0110,0001")));
  }

  private static ImageCheck check(byte[] file) {
    return assertThrows(ImageException.class, () -> WeightImage.read(file)).check();
  }

  /** {@code truth} of version 0.1 is a note. */
  @Test
  void aLessonIsStatedOrNot() throws FormatException {
    assertEquals(
        TruthTable.parse("0111"), WeightImage.read(withMetadata("lesson", "0111")).lesson());
    assertNull(WeightImage.read(withMetadata("truth", "0111")).lesson());
    assertNull(WeightImage.read(withMetadata("truth", "anything")).lesson());
  }

  @Test
  void metadataThatAreMissingAreAdded() throws FormatException {
    WeightImage image = WeightImage.read(ofHeader(SafetensorsTest.HEADER));
    assertEquals(
        Map.of(
            "activations", "sigmoid,sigmoid",
            "topology", "2-2-1",
            "engine", "float",
            "q_format", "Q7.16"),
        image.metadata());
    assertEquals("float", image.metadata().get("engine"));
  }

  /** Returns a file that fails a check, and none before it. */
  private static byte[] broken(ImageCheck check) {
    return switch (check) {
      case SIZE -> Arrays.copyOf(FILE, 79);
      case MAGIC -> with(FILE, 0, 0);
      case LOAD_ADDRESS -> with(FILE, 4, 1);
      case HEADER_SIZE -> with(FILE, 8, 0);
      case PAYLOAD_SIZE -> withU16(FILE, 12, PAYLOAD + 1);
      case PROTECTED_SIZE -> with(FILE, 10, 8);
      case FLAGS -> with(FILE, 16, 1);
      case PADDING -> with(FILE, 31, 1);
      case TLV_MAGIC -> with(FILE, AREA, 0);
      case TLV_TOTAL -> Arrays.copyOf(FILE, FILE.length + 1);
      case TLV_TYPE -> sealed(HASHED, tlv(0x25, (byte) 1));
      case TLV_LENGTH -> sealed(HASHED, tlv(0x01));
      case TLV_REPEATED -> sealed(HASHED, HASH);
      case HASH_MISSING ->
          join(HASHED, area(0x6907, tlv(0x01, new byte[32]), tlv(0x24, new byte[64])));
      case SIGNATURE_INCOMPLETE -> sealed(HASHED, tlv(0x01, new byte[32]));
      case HASH -> with(FILE, AREA - 1, 0x7f);
      case PAYLOAD -> ofHeader(SafetensorsTest.HEADER.replace("W1", "w1"));
      case TOPOLOGY -> withMetadata("topology", "2-2-2");
      case ENGINE -> withMetadata("engine", "");
      case Q_FORMAT -> withMetadata("q_format", "Q7.17");
      case LESSON -> withMetadata("lesson", "01101001");
      case UNSIGNED -> FILE;
      case KEY -> with(SIGNED, AREA + 44, SIGNED[AREA + 44] ^ 1);
      case SIGNATURE -> with(SIGNED, SIGNED.length - 1, SIGNED[SIGNED.length - 1] ^ 1);
    };
  }

  @ParameterizedTest
  @EnumSource
  void everyCheckFailsByItself(ImageCheck check) {
    ImageException refusal =
        assertThrows(
            ImageException.class,
            () ->
                WeightImage.read(broken(check))
                    .requireSignedBy(WeightImageTest.KEY.verifyingKey()));
    assertEquals(check, refusal.check());
  }

  @Test
  void aHeaderMayBeFilledUp() throws FormatException {
    byte[] filling = new byte[1024 - 32];
    Arrays.fill(filling, (byte) 0xff);
    byte[] payload = Arrays.copyOfRange(HASHED, 32, HASHED.length);
    byte[] header = withU16(Arrays.copyOf(HASHED, 32), 8, 1024);
    WeightImage image = WeightImage.read(sealed(join(header, filling, payload)));
    assertEquals(1024, image.header().headerBytes());
    assertEquals(WeightImageTest.XOR, image.parameters());
    WeightImage signed = image.signed(WeightImageTest.KEY);
    signed.requireSignedBy(WeightImageTest.KEY.verifyingKey());
    assertEquals(image.hashText(), signed.hashText());
    byte[] wrong = sealed(join(header, filling, with(payload, 1, 255)));
    assertRefused(
        ImageCheck.PAYLOAD,
        "payload at offset 1024: no safetensors: header length at offset 0 is 65392, expected 2 to "
            + (PAYLOAD - 8),
        wrong);
  }

  private static byte[] withProtected(byte[]... entries) {
    byte[] area = area(0x6908, entries);
    return sealed(join(withU16(HASHED, 10, area.length), area));
  }

  @Test
  void protectedTlvsOfVendorsAreHashedAndKept() throws FormatException {
    byte[] file = withProtected(tlv(0xa0, (byte) 1, (byte) 2), tlv(0x01fe), tlv(0xa0, (byte) 3));
    WeightImage image = WeightImage.read(file);
    assertEquals(new Tlv(0xa0, true, AREA + 8, 2), image.tlvs().getFirst());
    assertEquals("vendor 0x01fe", image.tlvs().get(1).name());
    assertArrayEquals(new byte[] {3}, image.value(image.tlvs().get(2)));
    WeightImage signed = image.signed(WeightImageTest.KEY);
    assertEquals(6, signed.tlvs().size());
    signed.requireSignedBy(WeightImageTest.KEY.verifyingKey());
    ImageException refusal =
        assertThrows(ImageException.class, () -> WeightImage.read(with(file, AREA + 8, 9)));
    assertEquals(ImageCheck.HASH, refusal.check());
  }

  @Test
  void theSmallestAreaOfProtectedTlvsIsRead() throws FormatException {
    assertEquals(8, WeightImage.read(withProtected(tlv(0xa0))).header().protectedBytes());
  }

  @Test
  void asManyProtectedTlvsAsAnAreaHoldsAreRead() throws FormatException {
    byte[][] entries = new byte[16_382][];
    Arrays.fill(entries, tlv(0xa0));
    WeightImage image = WeightImage.read(withProtected(entries));
    assertEquals(65_532, image.header().protectedBytes());
    assertEquals(16_383, image.tlvs().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0x10, 0x40, 0x50, 0x9f, 0xff, 0x1ff})
  void protectedTlvsThatAskForSomethingAreRefused(int type) {
    byte[] file = withProtected(tlv(type, new byte[32]));
    ImageException refusal = assertThrows(ImageException.class, () -> WeightImage.read(file));
    assertEquals(ImageCheck.TLV_TYPE, refusal.check());
    assertTrue(
        String.valueOf(refusal.getMessage()).endsWith("expected 0xXXa0 to 0xXXfe"),
        refusal.getMessage());
  }
}
