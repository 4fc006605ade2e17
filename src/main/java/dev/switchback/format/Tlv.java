package dev.switchback.format;

import java.util.Locale;

/**
 * A TLV entry of a weight image; see weight-image.md, section 3.
 *
 * @param offset offset of the value in the image, after type and length
 * @param length length of the value in bytes
 */
public record Tlv(int type, boolean isProtected, int offset, int length) {
  static final int KEYHASH = 0x01;
  static final int SHA256 = 0x10;
  static final int ED25519 = 0x24;

  static final int HASH_BYTES = 32;
  static final int SIGNATURE_BYTES = 64;

  private static final int FIRST_VENDOR = 0xa0;
  private static final int LAST_VENDOR = 0xfe;

  /** Returns MCUboot's name of the type; for example {@code vendor 0x01a0} for a vendor type. */
  public String name() {
    return switch (type) {
      case KEYHASH -> "KEYHASH";
      case SHA256 -> "SHA256";
      case ED25519 -> "ED25519";
      default -> (isVendorType() ? "vendor " : "type ") + typeText();
    };
  }

  String typeText() {
    return String.format(Locale.ROOT, "0x%04x", type);
  }

  private boolean isVendorType() {
    int low = type & 0xff;
    return low >= FIRST_VENDOR && low <= LAST_VENDOR;
  }

  /** Checks the type and its length. */
  void requireKnown() throws ImageException {
    if (isProtected ? !isVendorType() : fixedLength() == 0) {
      throw ImageException.of(
          ImageCheck.TLV_TYPE,
          "type of a " + (isProtected ? "protected TLV" : "TLV"),
          offset - TlvArea.ENTRY_HEADER_BYTES,
          typeText() + knownName(),
          isProtected ? "0xXXa0 to 0xXXfe" : "SHA256 0x0010, KEYHASH 0x0001 or ED25519 0x0024");
    }
    if (!isProtected && length != fixedLength()) {
      throw ImageException.of(
          ImageCheck.TLV_LENGTH, "length of " + name(), offset - 2, length, fixedLength());
    }
  }

  private int fixedLength() {
    return switch (type) {
      case KEYHASH, SHA256 -> HASH_BYTES;
      case ED25519 -> SIGNATURE_BYTES;
      default -> 0;
    };
  }

  /** Returns the name of a type that imgtool writes with other options. */
  private String knownName() {
    return switch (type) {
      case 0x02 -> " (PUBKEY)";
      case 0x11 -> " (SHA384)";
      case 0x12 -> " (SHA512)";
      case 0x20 -> " (RSA2048)";
      case 0x22 -> " (ECDSA)";
      case 0x23 -> " (RSA3072)";
      case 0x25 -> " (SIG_PURE)";
      case 0x40 -> " (DEPENDENCY)";
      case 0x50 -> " (SEC_CNT)";
      case 0x60 -> " (BOOT_RECORD)";
      default -> "";
    };
  }
}
