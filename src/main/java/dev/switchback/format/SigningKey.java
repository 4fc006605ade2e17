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

/** An Ed25519 key pair for signing images. Immutable. */
public final class SigningKey {
  private static final String LABEL = "PRIVATE KEY";

  private final PrivateKey key;
  private final VerifyingKey verifyingKey;

  private SigningKey(KeyPair pair) {
    this.key = pair.getPrivate();
    this.verifyingKey = new VerifyingKey(pair.getPublic());
  }

  /** Generates a key from the system's random numbers. */
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
   * @throws FormatException if it is not an Ed25519 private key
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
   * Generates the pair again from its 32 secret bytes, because the JDK derives a public key only
   * when it generates a pair.
   */
  private static SigningKey ofSeed(byte[] seed) {
    SigningKey key = new SigningKey(pair(new FixedBytes(seed)));
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

  /** Returns the signature, 64 bytes. It is deterministic. */
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

  /** Returns given bytes instead of random ones. */
  private static final class FixedBytes extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    FixedBytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, target.length);
    }
  }
}
