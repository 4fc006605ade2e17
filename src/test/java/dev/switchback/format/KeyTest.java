package dev.switchback.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyTest {
  /** RFC 8032, section 7.1, test 3. */
  private static final byte[] SEED =
      hex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");

  private static final byte[] POINT =
      hex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
  private static final byte[] MESSAGE = hex("af82");
  private static final byte[] SIGNATURE =
      hex(
          "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
              + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");

  private static final byte[] PRIVATE_DER =
      ImageBytes.join(hex("302e020100300506032b657004220420"), SEED);
  private static final byte[] PUBLIC_DER = ImageBytes.join(hex("302a300506032b6570032100"), POINT);

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getEncoder().encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static String refusal(String privatePem) {
    return String.valueOf(
        assertThrows(FormatException.class, () -> SigningKey.parsePem(privatePem)).getMessage());
  }

  @Test
  void aKeySignsAsTheStandardSays() throws FormatException {
    SigningKey key = SigningKey.parsePem(pem("PRIVATE KEY", PRIVATE_DER));
    assertArrayEquals(SIGNATURE, key.sign(MESSAGE));
    assertEquals(pem("PUBLIC KEY", PUBLIC_DER), key.verifyingKey().toPem());
    assertTrue(key.verifyingKey().verifies(MESSAGE, SIGNATURE));
    assertFalse(key.verifyingKey().verifies(hex("af83"), SIGNATURE));
    assertFalse(key.verifyingKey().verifies(MESSAGE, new byte[64]));
    assertFalse(key.verifyingKey().verifies(MESSAGE, hex("ff".repeat(64))));
  }

  @Test
  void aKeyIsWrittenAsItIsRead() throws FormatException {
    String privatePem = pem("PRIVATE KEY", PRIVATE_DER);
    String publicPem = pem("PUBLIC KEY", PUBLIC_DER);
    assertEquals(privatePem, SigningKey.parsePem(privatePem).toPem());
    assertEquals(publicPem, VerifyingKey.parsePem(publicPem).toPem());
    assertEquals(
        SigningKey.parsePem(privatePem).toPem(),
        SigningKey.parsePem(privatePem.replace("\n", "\r\n") + "\n").toPem());
  }

  @Test
  void theNameOfAKeyIsTheHashOfItsPublicDer() throws FormatException {
    VerifyingKey key = VerifyingKey.parsePem(pem("PUBLIC KEY", PUBLIC_DER));
    assertArrayEquals(Sha256.of(PUBLIC_DER, 44), key.hash());
    assertEquals(HexFormat.of().formatHex(key.hash()), key.hashText());
  }

  @Test
  void newKeysDiffer() throws FormatException {
    SigningKey key = SigningKey.generate();
    assertNotEquals(key.toPem(), SigningKey.generate().toPem());
    SigningKey read = SigningKey.parsePem(key.toPem());
    assertEquals(key.verifyingKey().toPem(), read.verifyingKey().toPem());
    assertTrue(key.verifyingKey().verifies(MESSAGE, read.sign(MESSAGE)));
  }

  @Test
  void whatIsNoKeyIsRefused() {
    assertEquals(
        "found a PUBLIC KEY, expected a PRIVATE KEY", refusal(pem("PUBLIC KEY", PUBLIC_DER)));
    assertEquals(
        "found a ENCRYPTED PRIVATE KEY, expected a PRIVATE KEY without a password",
        refusal(pem("ENCRYPTED PRIVATE KEY", PRIVATE_DER)));
    assertEquals("no key: expected -----BEGIN PRIVATE KEY----- and its end", refusal("text"));
    assertEquals("no key: expected -----BEGIN PRIVATE KEY----- and its end", refusal(""));
    assertEquals(
        "found a RSA PRIVATE KEY, expected a PRIVATE KEY",
        refusal(pem("RSA PRIVATE KEY", PRIVATE_DER)));
    assertEquals("no key: found 4097 characters, expected at most 4096", refusal("x".repeat(4097)));
    assertEquals(
        "no key: expected -----BEGIN PRIVATE KEY----- and its end", refusal("x".repeat(4096)));
    assertTrue(
        refusal(pem("PRIVATE KEY", PRIVATE_DER).replace("MC4", "MC=")).startsWith("PRIVATE KEY: "));
    assertTrue(refusal(pem("PRIVATE KEY", PUBLIC_DER)).startsWith("PRIVATE KEY: no Ed25519 key: "));
    String otherCurve = HexFormat.of().formatHex(PRIVATE_DER).replace("2b6570", "2b656e");
    assertTrue(
        refusal(pem("PRIVATE KEY", hex(otherCurve))).startsWith("PRIVATE KEY: no Ed25519 key: "));
  }

  @Test
  void aPointBesideTheCurveIsNoKey() {
    byte[] beside = ImageBytes.join(hex("302a300506032b6570032100"), hex("02" + "00".repeat(31)));
    String message =
        assertThrows(FormatException.class, () -> VerifyingKey.parsePem(pem("PUBLIC KEY", beside)))
            .getMessage();
    assertTrue(String.valueOf(message).startsWith("PUBLIC KEY: no Ed25519 key: "), message);
  }

  @Test
  void everyChangedBitGivesAnotherKeyOrARefusal() {
    for (int bit = 0; bit < 8 * PRIVATE_DER.length; bit++) {
      requireKeyOrRefusal(ImageBytes.withBitFlipped(PRIVATE_DER, bit));
    }
    for (int bit = 0; bit < 8 * PUBLIC_DER.length; bit++) {
      requirePublicKeyOrRefusal(ImageBytes.withBitFlipped(PUBLIC_DER, bit));
    }
  }

  private static void requireKeyOrRefusal(byte[] der) {
    try {
      SigningKey key = SigningKey.parsePem(pem("PRIVATE KEY", der));
      assertTrue(key.verifyingKey().verifies(MESSAGE, key.sign(MESSAGE)));
    } catch (FormatException e) {
      assertTrue(String.valueOf(e.getMessage()).startsWith("PRIVATE KEY: "), e.getMessage());
    }
  }

  private static void requirePublicKeyOrRefusal(byte[] der) {
    try {
      assertArrayEquals(
          Sha256.of(der, der.length), VerifyingKey.parsePem(pem("PUBLIC KEY", der)).hash());
    } catch (FormatException e) {
      assertTrue(String.valueOf(e.getMessage()).startsWith("PUBLIC KEY: "), e.getMessage());
    }
  }
}
