package dev.switchback.format;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A network with its version, hash and optional signature: an MCUboot image around safetensors,
 * specified in weight-image.md. Every instance has passed all checks except that of the signature.
 * Immutable.
 */
public final class WeightImage {
  /** Largest file, limited by the device's heap; see weight-image.md, section 9. */
  public static final int MAX_BYTES = 1 << 20;

  /** Most weights and biases that fit into {@link #MAX_BYTES} in any shape. */
  public static final int MAX_PARAMETERS = (MAX_BYTES - (8 << 10)) / Float.BYTES;

  private static final byte PADDING = 0x1a;

  private static final int MIN_BYTES =
      ImageHeader.BYTES + ImageHeader.MIN_PAYLOAD_BYTES + TlvArea.UNSIGNED_BYTES;

  private final byte[] bytes;
  private final ImageHeader header;
  private final TlvArea area;
  private final Parameters parameters;
  private final Map<String, String> metadata;

  private WeightImage(byte[] bytes) throws FormatException {
    ByteBuffer file = TlvArea.littleEndian(bytes);
    this.bytes = bytes;
    this.header = ImageHeader.read(file);
    this.area = TlvArea.read(file, header);
    requireHash();
    Safetensors.Content content = content();
    this.parameters = content.parameters();
    this.metadata =
        ImageMetadata.completed(content.metadata(), parameters.topology(), header.headerBytes());
  }

  /**
   * Reads an image.
   *
   * @throws ImageException naming the first check that failed
   */
  public static WeightImage read(byte[] file) throws FormatException {
    if (file.length < MIN_BYTES || file.length > MAX_BYTES) {
      throw new ImageException(
          ImageCheck.SIZE,
          "file: found " + file.length + " bytes, expected " + MIN_BYTES + " to " + MAX_BYTES);
    }
    return new WeightImage(file.clone());
  }

  /**
   * Returns the file without the padding bytes 1A that XMODEM adds to the last block. A file that
   * is not an image, or ends in other bytes, is returned unchanged.
   */
  public static byte[] withoutPadding(byte[] file) {
    if (file.length < MIN_BYTES) {
      return file;
    }
    int end;
    try {
      ByteBuffer bytes = TlvArea.littleEndian(file);
      end = TlvArea.end(bytes, ImageHeader.read(bytes));
    } catch (ImageException e) {
      return file; // The caller parses it and gets the error.
    }
    for (int k = end; k < file.length; k++) {
      if (file[k] != PADDING) {
        return file;
      }
    }
    return Arrays.copyOf(file, Math.min(end, file.length));
  }

  /**
   * An unsigned image.
   *
   * @param engine the engine that the network is for
   * @param metadata further metadata, such as lesson and recipe; the required keys are added
   * @throws IllegalArgumentException if the network is too large or has values that are not finite
   */
  public static WeightImage of(
      ImageVersion version, Parameters parameters, Engine engine, Map<String, String> metadata) {
    byte[] payload =
        Safetensors.write(parameters, ImageMetadata.of(parameters.topology(), engine, metadata));
    byte[] hashed = new byte[ImageHeader.BYTES + payload.length];
    ByteBuffer image = TlvArea.littleEndian(hashed);
    new ImageHeader(version, ImageHeader.BYTES, payload.length, 0).write(image);
    image.put(payload);
    byte[] file = TlvArea.seal(hashed, null);
    if (file.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %,d bytes as an image, a device has room for %,d, which is about %,d weights"
                  + " and biases",
              parameters.topology(),
              file.length,
              MAX_BYTES,
              MAX_PARAMETERS));
    }
    try {
      return read(file);
    } catch (FormatException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Returns an unsigned image of the same network and version with other metadata. */
  public WeightImage with(Map<String, String> newMetadata) {
    return of(version(), parameters, engine(), newMetadata);
  }

  /**
   * Returns the image with a new signature, which replaces any other.
   *
   * @throws IllegalArgumentException if the signature does not fit into {@link #MAX_BYTES}
   */
  public WeightImage signed(SigningKey key) {
    byte[] hashed = Arrays.copyOf(bytes, header.hashedBytes());
    try {
      return read(TlvArea.seal(hashed, key));
    } catch (FormatException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private void requireHash() throws ImageException {
    byte[] found = hash();
    byte[] expected = Sha256.of(bytes, header.hashedBytes());
    if (!Arrays.equals(found, expected)) {
      throw ImageException.of(
          ImageCheck.HASH, "SHA256", tlv(Tlv.SHA256).offset(), hex(found), hex(expected));
    }
  }

  private Safetensors.Content content() throws ImageException {
    try {
      return Safetensors.read(payload());
    } catch (FormatException e) {
      throw new ImageException(
          ImageCheck.PAYLOAD,
          "payload at offset " + header.headerBytes() + ": " + e.getMessage(),
          e);
    }
  }

  /** Returns the safetensors file in the image, as a new array. */
  public byte[] payload() {
    int begin = header.headerBytes();
    return Arrays.copyOfRange(bytes, begin, begin + header.payloadBytes());
  }

  /** Returns an entry that {@link TlvArea} requires. */
  private Tlv tlv(int type) {
    return Objects.requireNonNull(area.find(type));
  }

  private static String hex(byte[] value) {
    return HexFormat.of().formatHex(value);
  }

  public boolean isSigned() {
    return area.find(Tlv.ED25519) != null;
  }

  /** Returns the key hash of the claimed signer, 64 hex digits; null if the image is unsigned. */
  public @Nullable String signer() {
    return isSigned() ? hex(value(tlv(Tlv.KEYHASH))) : null;
  }

  /**
   * Checks the signature.
   *
   * @param keys at least one
   * @throws ImageException if the image is unsigned or signed by another key
   */
  public void requireSignedBy(List<VerifyingKey> keys) throws FormatException {
    String names = keys.stream().map(VerifyingKey::hashText).collect(Collectors.joining(" or "));
    if (!isSigned()) {
      throw new ImageException(
          ImageCheck.UNSIGNED, "TLVs: found no ED25519, expected a signature by key " + names);
    }
    Tlv keyHash = tlv(Tlv.KEYHASH);
    for (VerifyingKey key : keys) {
      if (Arrays.equals(value(keyHash), key.hash())) {
        requireSignature(key);
        return;
      }
    }
    throw ImageException.of(
        ImageCheck.KEY, "KEYHASH", keyHash.offset(), hex(value(keyHash)), names);
  }

  /** Checks that the image is signed by a key. */
  public void requireSignedBy(VerifyingKey key) throws FormatException {
    requireSignedBy(List.of(key));
  }

  private void requireSignature(VerifyingKey key) throws ImageException {
    Tlv signature = tlv(Tlv.ED25519);
    if (!key.verifies(hash(), value(signature))) {
      throw ImageException.of(
          ImageCheck.SIGNATURE,
          "ED25519",
          signature.offset(),
          "a signature that does not verify",
          "one by key " + key.hashText());
    }
  }

  /** Returns the file as a new array. */
  public byte[] bytes() {
    return bytes.clone();
  }

  public ImageHeader header() {
    return header;
  }

  /** Returns the entries in the order of the file. */
  public List<Tlv> tlvs() {
    return area.entries();
  }

  /** Returns the value of one of {@link #tlvs()} as a new array. */
  public byte[] value(Tlv tlv) {
    return Arrays.copyOfRange(bytes, tlv.offset(), tlv.offset() + tlv.length());
  }

  public ImageVersion version() {
    return header.version();
  }

  /**
   * Returns the SHA-256 of header, payload and protected TLVs, 32 bytes, which identifies the
   * image.
   */
  public byte[] hash() {
    return value(tlv(Tlv.SHA256));
  }

  /** Returns the hash for people, 64 hex digits. */
  public String hashText() {
    return hex(hash());
  }

  public Topology topology() {
    return parameters.topology();
  }

  /** Returns a copy of the network. */
  public Parameters parameters() {
    return parameters.copy();
  }

  /** Returns the arithmetic that the network was trained for. */
  public Engine engine() {
    return Engine.of(metadata.getOrDefault(ImageMetadata.ENGINE, Engine.FLOAT.label()));
  }

  /** Returns the truth table that the network answers; null if the image states none. */
  public @Nullable TruthTable lesson() {
    String digits = metadata.get(ImageMetadata.LESSON);
    return digits == null ? null : TruthTable.parse(digits);
  }

  /**
   * Returns all metadata of the payload; activations, topology, engine and q_format are always
   * present.
   */
  public Map<String, String> metadata() {
    return metadata;
  }
}
