package dev.switchback.format;

import static dev.switchback.format.ImageBytes.area;
import static dev.switchback.format.ImageBytes.hashed;
import static dev.switchback.format.ImageBytes.join;
import static dev.switchback.format.ImageBytes.sealed;
import static dev.switchback.format.ImageBytes.tlv;
import static dev.switchback.format.ImageBytes.withBitFlipped;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Hash and signature of images. */
class ImageIntegrityTest {
  private static final byte[] FILE = WeightImageTest.UNSIGNED.bytes();
  private static final byte[] HASHED = hashed(WeightImageTest.UNSIGNED);
  private static final int AREA = HASHED.length;
  private static final byte[] SIGNED = WeightImageTest.UNSIGNED.signed(WeightImageTest.KEY).bytes();
  private static final byte[] HASH = tlv(0x10, Sha256.of(HASHED, HASHED.length));

  private static ImageException refusedBy(VerifyingKey key, byte[] file) throws FormatException {
    WeightImage image = WeightImage.read(file);
    return assertThrows(ImageException.class, () -> image.requireSignedBy(key));
  }

  @Test
  void signatureOfTheKeyAskedFor() throws FormatException {
    VerifyingKey key = WeightImageTest.KEY.verifyingKey();
    ImageException unsigned = refusedBy(key, FILE);
    assertEquals(ImageCheck.UNSIGNED, unsigned.check());
    assertEquals(
        "TLVs: found no ED25519, expected a signature by key " + key.hashText(),
        unsigned.getMessage());
    VerifyingKey other = SigningKey.generate().verifyingKey();
    ImageException foreign = refusedBy(other, SIGNED);
    assertEquals(ImageCheck.KEY, foreign.check());
    assertEquals(
        "KEYHASH at offset "
            + (AREA + 44)
            + ": found "
            + key.hashText()
            + ", expected "
            + other.hashText(),
        foreign.getMessage());
  }

  @Test
  void everyBitOfASignatureCounts() throws FormatException {
    int signature = AREA + 4 + 36 + 36 + 4;
    assertEquals(signature + 64, SIGNED.length);
    for (int bit = 0; bit < 8 * 64; bit++) {
      byte[] changed = withBitFlipped(SIGNED, 8 * signature + bit);
      ImageException refusal = refusedBy(WeightImageTest.KEY.verifyingKey(), changed);
      assertEquals(ImageCheck.SIGNATURE, refusal.check(), "bit " + bit);
    }
  }

  @Test
  void aSignatureOfAnotherImageIsNone() throws FormatException {
    WeightImage other =
        WeightImage.of(
            WeightImageTest.VERSION.nextBuild(), WeightImageTest.XOR, Engine.FLOAT, Map.of());
    byte[] signature = Arrays.copyOfRange(SIGNED, SIGNED.length - 104, SIGNED.length);
    byte[] stolen = sealed(hashed(other), signature);
    assertEquals(
        ImageCheck.SIGNATURE, refusedBy(WeightImageTest.KEY.verifyingKey(), stolen).check());
  }

  @Test
  void tlvsMayComeInAnyOrder() throws FormatException {
    byte[] keyAndSignature = Arrays.copyOfRange(SIGNED, SIGNED.length - 104, SIGNED.length);
    WeightImage image = WeightImage.read(join(HASHED, area(0x6907, keyAndSignature, HASH)));
    image.requireSignedBy(WeightImageTest.KEY.verifyingKey());
    assertArrayEquals(SIGNED, image.signed(WeightImageTest.KEY).bytes());
  }

  @Test
  void nothingCanBeCutOff() {
    for (int length = 0; length < SIGNED.length; length++) {
      byte[] cut = Arrays.copyOf(SIGNED, length);
      assertThrows(ImageException.class, () -> WeightImage.read(cut), "length " + cut.length);
    }
  }

  @Test
  void nothingThatIsHashedCanBeChanged() {
    Set<ImageCheck> seen = EnumSet.noneOf(ImageCheck.class);
    for (int bit = 0; bit < 8 * AREA; bit++) {
      byte[] changed = withBitFlipped(SIGNED, bit);
      seen.add(
          assertThrows(ImageException.class, () -> WeightImage.read(changed), "bit " + bit)
              .check());
    }
    assertEquals(
        EnumSet.of(
            ImageCheck.MAGIC,
            ImageCheck.LOAD_ADDRESS,
            ImageCheck.HEADER_SIZE,
            ImageCheck.PAYLOAD_SIZE,
            ImageCheck.PROTECTED_SIZE,
            ImageCheck.FLAGS,
            ImageCheck.PADDING,
            ImageCheck.TLV_MAGIC,
            ImageCheck.HASH),
        seen);
  }

  @Test
  void nothingBehindItCanBeChangedInASignedImage() throws FormatException {
    VerifyingKey key = WeightImageTest.KEY.verifyingKey();
    assertTrue(isSignedBy(key, SIGNED));
    for (int bit = 8 * AREA; bit < 8 * SIGNED.length; bit++) {
      assertFalse(isSignedBy(key, withBitFlipped(SIGNED, bit)), "bit " + bit);
    }
  }

  /** A device without a key does not use key hash and signature, so changing them is harmless. */
  @Test
  void withoutAKeyOnlyKeyAndSignatureCanBeChanged() {
    Set<Integer> changeable = new TreeSet<>();
    for (int at = 0; at < SIGNED.length; at++) {
      byte[] changed = withBitFlipped(SIGNED, 8 * at);
      if (isImage(changed)) {
        changeable.add(at - AREA);
      }
    }
    Set<Integer> expected = new TreeSet<>();
    IntStream.range(44, 76).forEach(expected::add);
    IntStream.range(80, 144).forEach(expected::add);
    assertEquals(expected, changeable);
  }

  private static boolean isImage(byte[] file) {
    try {
      WeightImage.read(file);
      return true;
    } catch (FormatException e) {
      return false;
    }
  }

  private static boolean isSignedBy(VerifyingKey key, byte[] file) throws FormatException {
    try {
      WeightImage.read(file).requireSignedBy(key);
      return true;
    } catch (ImageException e) {
      return false;
    }
  }
}
