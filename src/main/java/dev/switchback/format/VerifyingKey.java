package dev.switchback.format;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** An Ed25519 public key for verifying images. Immutable. */
public final class VerifyingKey {
  private static final String LABEL = "PUBLIC KEY";

  private final PublicKey key;

  /**
   * A key.
   *
   * @param key an Ed25519 key
   */
  VerifyingKey(PublicKey key) {
    this.key = key;
  }

  /**
   * Reads the PEM form.
   *
   * @throws FormatException if it is not an Ed25519 public key
   */
  public static VerifyingKey parsePem(String text) throws FormatException {
    byte[] der = Pem.decode(LABEL, text);
    try {
      PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
      // Checks that the bytes are a point on the curve.
      Signature.getInstance("Ed25519").initVerify(key);
      if (Arrays.equals(der, key.getEncoded())) {
        return new VerifyingKey(key);
      }
      throw new FormatException(LABEL + ": more bytes than an Ed25519 key has");
    } catch (InvalidKeySpecException | InvalidKeyException e) {
      throw new FormatException(LABEL + ": no Ed25519 key: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  public String toPem() {
    return Pem.encode(LABEL, key.getEncoded());
  }

  /** Returns the SHA-256 of the DER form, 32 bytes, which identifies the key in an image. */
  byte[] hash() {
    byte[] der = key.getEncoded();
    return Sha256.of(der, der.length);
  }

  /** Returns the hash for people, 64 hex digits. */
  public String hashText() {
    return HexFormat.of().formatHex(hash());
  }

  boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(key);
      ed25519.update(message);
      return ed25519.verify(signature);
    } catch (SignatureException e) {
      // The JDK throws for some bytes that cannot be a signature.
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }
}
