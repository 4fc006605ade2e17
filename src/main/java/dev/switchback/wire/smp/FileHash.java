package dev.switchback.wire.smp;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Consumer;

/** The file hashes of group 8, in the order listed. */
enum FileHash {
  CRC32("crc32", 0, 4) {
    @Override
    void write(FilePort port, String name, long offset, long length, CborWriter answer)
        throws IOException {
      java.util.zip.CRC32 crc = new java.util.zip.CRC32();
      forEachChunk(port, name, offset, length, crc::update);
      answer.number(OUTPUT, crc.getValue());
    }
  },
  SHA256("sha256", 1, 32) {
    @Override
    void write(FilePort port, String name, long offset, long length, CborWriter answer)
        throws IOException {
      MessageDigest digest = sha256();
      forEachChunk(port, name, offset, length, digest::update);
      answer.bytes(OUTPUT, digest.digest());
    }
  };

  private static final String OUTPUT = "output";
  private static final int CHUNK_BYTES = 8192;

  private final String label;
  private final int format;
  private final int size;

  FileHash(String label, int format, int size) {
    this.label = label;
    this.format = format;
    this.size = size;
  }

  static FileHash of(String label) throws SmpException {
    for (FileHash hash : values()) {
      if (hash.label.equals(label)) {
        return hash;
      }
    }
    throw new SmpException(GroupError.FILE_NO_SUCH_HASH, "no such hash, crc32 or sha256 expected");
  }

  String label() {
    return label;
  }

  /** Returns 0 if the hash is a number, 1 if it is a byte string. */
  int format() {
    return format;
  }

  /** Returns the size of the hash in bytes. */
  int size() {
    return size;
  }

  /** Writes the hash of a part of a file. */
  abstract void write(FilePort port, String name, long offset, long length, CborWriter answer)
      throws IOException;

  private static void forEachChunk(
      FilePort port, String name, long offset, long length, Consumer<byte[]> chunk)
      throws SmpException {
    long done = 0;
    while (done < length) {
      int maxBytes = (int) Math.min(CHUNK_BYTES, length - done);
      byte[] bytes = port.read(name, offset + done, maxBytes);
      if (bytes.length == 0) {
        throw new SmpException(GroupError.FILE_READ_FAILED, "the file became shorter");
      }
      chunk.accept(bytes);
      done += bytes.length;
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
