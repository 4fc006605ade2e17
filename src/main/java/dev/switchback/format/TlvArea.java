package dev.switchback.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The TLV entries after a payload, protected ones first; see weight-image.md, section 3. */
record TlvArea(List<Tlv> entries) {
  static final int INFO_BYTES = 4;
  static final int ENTRY_HEADER_BYTES = 4;

  /** Info and SHA-256. */
  static final int UNSIGNED_BYTES = INFO_BYTES + ENTRY_HEADER_BYTES + Tlv.HASH_BYTES;

  /** Info, SHA-256, hash of the key, signature. */
  static final int SIGNED_BYTES =
      UNSIGNED_BYTES + 2 * ENTRY_HEADER_BYTES + Tlv.HASH_BYTES + Tlv.SIGNATURE_BYTES;

  private static final int MAGIC = 0x6907;
  private static final int PROTECTED_MAGIC = 0x6908;

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads both areas of an image and checks their form, not the hash or signature.
   *
   * @param file a complete image, little endian
   */
  static TlvArea read(ByteBuffer file, ImageHeader header) throws ImageException {
    List<Tlv> entries = new ArrayList<>();
    int end = header.hashedBytes();
    if (header.protectedBytes() > 0) {
      readEntries(file, end - header.protectedBytes(), end, true, entries);
    }
    readEntries(file, end, file.limit(), false, entries);
    TlvArea area = new TlvArea(List.copyOf(entries));
    area.requireComplete();
    return area;
  }

  /** Returns the end of the image according to its TLVs. */
  static int end(ByteBuffer file, ImageHeader header) {
    return header.hashedBytes() + u16(file, header.hashedBytes() + 2);
  }

  private static void readEntries(
      ByteBuffer file, int begin, int end, boolean isProtected, List<Tlv> entries)
      throws ImageException {
    ImageHeader.requireHex(
        ImageCheck.TLV_MAGIC,
        "magic of the TLVs",
        begin,
        u16(file, begin),
        isProtected ? PROTECTED_MAGIC : MAGIC);
    int total = u16(file, begin + 2);
    if (total != end - begin) {
      throw ImageException.of(
          ImageCheck.TLV_TOTAL, "length of the TLVs", begin + 2, total, end - begin);
    }
    int at = begin + INFO_BYTES;
    while (at < end) {
      Tlv entry = readEntry(file, at, end, isProtected);
      requireUnique(entry, entries);
      entries.add(entry);
      at = entry.offset() + entry.length();
    }
  }

  private static Tlv readEntry(ByteBuffer file, int at, int end, boolean isProtected)
      throws ImageException {
    int room = end - at - ENTRY_HEADER_BYTES;
    if (room < 0) {
      throw ImageException.of(
          ImageCheck.TLV_LENGTH,
          "TLV",
          at,
          (end - at) + " bytes",
          "at least " + ENTRY_HEADER_BYTES);
    }
    Tlv entry = new Tlv(u16(file, at), isProtected, at + ENTRY_HEADER_BYTES, u16(file, at + 2));
    entry.requireKnown();
    if (entry.length() > room) {
      throw ImageException.of(
          ImageCheck.TLV_LENGTH,
          "length of " + entry.name(),
          at + 2,
          entry.length(),
          "at most " + room);
    }
    return entry;
  }

  static int u16(ByteBuffer file, int offset) {
    return Short.toUnsignedInt(file.getShort(offset));
  }

  /**
   * Refuses a duplicate. Few entries are unprotected, so this stays linear in the number of
   * protected ones.
   */
  private static void requireUnique(Tlv entry, List<Tlv> before) throws ImageException {
    if (!entry.isProtected() && new TlvArea(before).find(entry.type()) != null) {
      throw ImageException.of(
          ImageCheck.TLV_REPEATED,
          "type of a TLV",
          entry.offset() - ENTRY_HEADER_BYTES,
          "a second " + entry.name(),
          "one");
    }
  }

  private void requireComplete() throws ImageException {
    if (find(Tlv.SHA256) == null) {
      throw new ImageException(
          ImageCheck.HASH_MISSING, "TLVs: found no SHA256, expected one of 32 bytes");
    }
    if ((find(Tlv.KEYHASH) == null) != (find(Tlv.ED25519) == null)) {
      boolean isSigned = find(Tlv.ED25519) != null;
      throw new ImageException(
          ImageCheck.SIGNATURE_INCOMPLETE,
          "TLVs: found "
              + (isSigned ? "ED25519 without KEYHASH" : "KEYHASH without ED25519")
              + ", expected both or neither");
    }
  }

  /** Returns the unprotected entry of a type; null if there is none. */
  @Nullable Tlv find(int type) {
    for (Tlv entry : entries) {
      if (!entry.isProtected() && entry.type() == type) {
        return entry;
      }
    }
    return null;
  }

  /**
   * Returns the bytes of an image.
   *
   * @param hashed header, payload and protected TLVs
   * @param key key to sign with; null for an unsigned image
   */
  static byte[] seal(byte[] hashed, @Nullable SigningKey key) {
    int total = key == null ? UNSIGNED_BYTES : SIGNED_BYTES;
    byte[] hash = Sha256.of(hashed, hashed.length);
    byte[] bytes = new byte[hashed.length + total];
    ByteBuffer image = littleEndian(bytes);
    image.put(hashed).putShort((short) MAGIC).putShort((short) total);
    put(image, Tlv.SHA256, hash);
    if (key != null) {
      put(image, Tlv.KEYHASH, key.verifyingKey().hash());
      put(image, Tlv.ED25519, key.sign(hash));
    }
    return bytes;
  }

  private static void put(ByteBuffer image, int type, byte[] value) {
    image.putShort((short) type).putShort((short) value.length).put(value);
  }
}
