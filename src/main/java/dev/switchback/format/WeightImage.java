package dev.switchback.format;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
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
 * A network with its version, hash and perhaps signature: an MCUboot image around safetensors, as
 * weight-image.md has it byte by byte. Every one that exists has passed all checks but that of its
 * signature. Immutable.
 */
public final class WeightImage {
  /** Largest file: what the heap of a device has room for, weight-image.md section 9. */
  public static final int MAX_BYTES = 1 << 20;

  /** Most weights and biases of a network that fits into {@link #MAX_BYTES} whatever its shape. */
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
    Safetensors.Content content = payload();
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
   * The file without what a transfer in whole blocks, XMODEM's, puts behind its end: bytes 1A. A
   * file that is no image, or has something else there, stays as it is.
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
      return file; // Whoever reads it is told.
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
   * @param engine that the network is for
   * @param metadata further metadata, such as truth and recipe; those of weight-image.md are added
   * @throws IllegalArgumentException if no image can hold this: too large, or not finite
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

  /**
   * The same image with this signature, in place of any other.
   *
   * @throws IllegalArgumentException if there is no room left for it in {@link #MAX_BYTES}
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

  private Safetensors.Content payload() throws ImageException {
    int begin = header.headerBytes();
    try {
      return Safetensors.read(Arrays.copyOfRange(bytes, begin, begin + header.payloadBytes()));
    } catch (FormatException e) {
      throw new ImageException(
          ImageCheck.PAYLOAD, "payload at offset " + begin + ": " + e.getMessage(), e);
    }
  }

  /** An entry that {@link TlvArea} found to be there. */
  private Tlv tlv(int type) {
    return Objects.requireNonNull(area.find(type));
  }

  private static String hex(byte[] value) {
    return HexFormat.of().formatHex(value);
  }

  public boolean isSigned() {
    return area.find(Tlv.ED25519) != null;
  }

  /** Whose signature it claims to carry, as 64 hex digits; null if it has none. */
  public @Nullable String signer() {
    return isSigned() ? hex(value(tlv(Tlv.KEYHASH))) : null;
  }

  /**
   * Checks the signature.
   *
   * @param keys one at least
   * @throws ImageException if there is none, or it is of none of these keys
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

  /** The same for one key. */
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

  /** The whole file, as a new array. */
  public byte[] bytes() {
    return bytes.clone();
  }

  public ImageHeader header() {
    return header;
  }

  /** Entries in the order of the file. */
  public List<Tlv> tlvs() {
    return area.entries();
  }

  /** The value of one of {@link #tlvs()}, as a new array. */
  public byte[] value(Tlv tlv) {
    return Arrays.copyOfRange(bytes, tlv.offset(), tlv.offset() + tlv.length());
  }

  public ImageVersion version() {
    return header.version();
  }

  /** SHA-256 of header, payload and protected TLVs, 32 bytes: the name of the image. */
  public byte[] hash() {
    return value(tlv(Tlv.SHA256));
  }

  /** The name of the image for people, 64 hex digits. */
  public String hashText() {
    return hex(hash());
  }

  public Topology topology() {
    return parameters.topology();
  }

  /** The network, as a new copy. */
  public Parameters parameters() {
    return parameters.copy();
  }

  /** All of the payload's metadata; activations, topology, engine and q_format are always there. */
  public Map<String, String> metadata() {
    return metadata;
  }
}
