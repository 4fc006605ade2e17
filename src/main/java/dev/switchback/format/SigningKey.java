package dev.switchback.format;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** An Ed25519 key pair: who signs images. Immutable. */
public final class SigningKey {
  private static final String LABEL = "PRIVATE KEY";

  private final PrivateKey key;
  private final VerifyingKey verifyingKey;

  private SigningKey(KeyPair pair) {
    this.key = pair.getPrivate();
    this.verifyingKey = new VerifyingKey(pair.getPublic());
  }

  /** A new key, from the system's random numbers. */
  public static SigningKey generate() {
    return new SigningKey(pair(new SecureRandom()));
  }

  private static KeyPair pair(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  /**
   * Reads the PEM form, without a password.
   *
   * @throws FormatException if it is no Ed25519 private key
   */
  public static SigningKey parsePem(String text) throws FormatException {
    byte[] der = Pem.decode(LABEL, text);
    try {
      return ofSeed(
          seed(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der))));
    } catch (InvalidKeySpecException e) {
      throw new FormatException(LABEL + ": no Ed25519 key: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  /**
   * The JDK derives a public key only where it makes a pair, so it makes this pair again, from the
   * same 32 bytes.
   */
  private static SigningKey ofSeed(byte[] seed) {
    SigningKey key = new SigningKey(pair(new Replay(seed)));
    if (!Arrays.equals(seed(key.key), seed)) {
      throw new IllegalStateException("this JDK makes Ed25519 keys in another way");
    }
    return key;
  }

  private static byte[] seed(PrivateKey ed25519) {
    return ((EdECPrivateKey) ed25519).getBytes().orElseThrow();
  }

  public String toPem() {
    return Pem.encode(LABEL, key.getEncoded());
  }

  public VerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /** The signature, 64 bytes; the same for the same message. */
  byte[] sign(byte[] message) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(key);
      ed25519.update(message);
      return ed25519.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  /** Not random at all: gives known bytes once. */
  private static final class Replay extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    Replay(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, target.length);
    }
  }
}
