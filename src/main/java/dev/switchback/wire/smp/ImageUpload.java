package dev.switchback.wire.smp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An upload of an image in chunks, passed to {@link ImagePort#stage} when complete. Only the chunk
 * at the expected offset is stored; any other is answered with the expected offset. So chunks may
 * be lost, repeated or reordered, and several may be in flight. Memory grows with the bytes
 * received, not with the announced length.
 */
final class ImageUpload {
  private static final int HASH_BYTES = 32;

  /**
   * The result of the last upload, for a client that missed the answer.
   *
   * @param matches whether the bytes have the announced hash; null if none was announced
   * @param refusal null if the image was accepted
   */
  private record Outcome(int length, @Nullable Boolean matches, @Nullable SmpException refusal) {
    /** Writes the answer. SMP 1 clients accept only numbers. */
    void write(boolean isVersion2, CborWriter answer) throws IOException {
      if (refusal != null) {
        throw refusal;
      }
      if (matches != null && !matches && !isVersion2) {
        throw new SmpException(
            GroupError.IMAGE_INVALID_HASH, "the bytes received do not have the announced hash");
      }
      answer.number("off", length);
      if (matches != null && isVersion2) {
        answer.flag("match", matches);
      }
    }
  }

  private final ImagePort port;

  /** Announced length; 0 if there is no upload. */
  private int length;

  /**
   * Announced SHA-256 of the file, a prefix of it, or the image's own hash; empty if there is none.
   */
  private byte[] hash = {};

  private boolean onlyNewer;
  private ByteArrayOutputStream received = new ByteArrayOutputStream();
  private @Nullable Outcome outcome;

  ImageUpload(ImagePort port) {
    this.port = port;
  }

  /** Receives a chunk and answers with the offset of the next. */
  void receive(SmpRequest request, CborWriter answer) throws IOException {
    SmpMap chunk = request.map();
    long offset = chunk.number("off");
    byte[] data = chunk.bytes("data");
    if (offset == 0 && !isResumedBy(chunk)) {
      begin(chunk, data.length);
    }
    if (outcome == null && length > 0 && offset == received.size()) {
      store(data);
      finishIfComplete();
    }
    if (outcome != null) {
      outcome.write(request.isVersion2(), answer);
    } else {
      answer.number("off", received.size());
    }
  }

  /** Discards the received bytes and the result of the last upload. */
  void reset() {
    length = 0;
    received = new ByteArrayOutputStream();
    outcome = null;
  }

  private boolean isResumedBy(SmpMap first) throws SmpException {
    return length > 0
        && hash.length > 0
        && Arrays.equals(hash, first.bytesOrEmpty("sha"))
        && first.number("len") == length;
  }

  private void begin(SmpMap first, int firstBytes) throws SmpException {
    byte[] announcedHash = first.bytesOrEmpty("sha");
    boolean isUpgrade = first.flag("upgrade", false);
    // Some clients send 1, for slot 1.
    long image = first.number("image", 0);
    if (image < 0 || image > 1) {
      throw new SmpException(GroupError.IMAGE_INVALID_SLOT, "image " + image + ": there is only 0");
    }
    if (announcedHash.length > HASH_BYTES) {
      throw new SmpException(GroupError.IMAGE_INVALID_HASH, "sha: at most 32 bytes expected");
    }
    int announced = requireLength(first.number("len"), firstBytes);
    reset();
    length = announced;
    hash = announcedHash;
    onlyNewer = isUpgrade;
  }

  private int requireLength(long announced, int firstBytes) throws SmpException {
    if (announced <= 0) {
      throw new SmpException(GroupError.IMAGE_INVALID_LENGTH, "len: 1 or more expected");
    }
    if (announced > port.maxBytes()) {
      throw new SmpException(
          GroupError.IMAGE_TOO_LARGE,
          "an image of " + announced + " bytes, at most " + port.maxBytes() + " expected");
    }
    requireNoOverrun(firstBytes, announced);
    return (int) announced;
  }

  private static void requireNoOverrun(long bytes, long announced) throws SmpException {
    if (bytes > announced) {
      throw new SmpException(
          GroupError.IMAGE_OVERRUN, bytes + " bytes, " + announced + " were announced");
    }
  }

  private void store(byte[] data) throws SmpException {
    requireNoOverrun(received.size() + data.length, length);
    received.writeBytes(data);
  }

  private void finishIfComplete() {
    if (received.size() < length) {
      return;
    }
    byte[] file = received.toByteArray();
    reset();
    outcome = stage(file);
  }

  private Outcome stage(byte[] file) {
    Boolean matches = hash.length == 0 ? null : matches(file);
    if (matches != null && !matches) {
      return new Outcome(file.length, false, null);
    }
    try {
      port.stage(file, onlyNewer);
      return new Outcome(file.length, matches, null);
    } catch (SmpException e) {
      return new Outcome(file.length, matches, e);
    }
  }

  private boolean matches(byte[] file) {
    byte[] found = FileHash.sha256().digest(file);
    return Arrays.equals(hash, Arrays.copyOf(found, hash.length))
        || Arrays.equals(hash, port.hash(file).bytes());
  }
}
