package dev.switchback.tools.client;

/**
 * The buffers that a server announces, limited to what this end can send.
 *
 * @param size of one packet with its length and checksum, in bytes
 * @param count of packets at once, including answers
 */
public record BufferParameters(int size, int count) {
  /** Longer packets gain nothing. */
  static final int MAX_BYTES = 8192;

  private static final int MIN_BYTES = 128;
  private static final int MAX_COUNT = 8;

  /** For a server that does not announce them: what smpmgr assumes. */
  static final BufferParameters LEAST = new BufferParameters(256, 1);

  private static final int FRAMING_BYTES = 4;

  static BufferParameters of(long size, long count) {
    return new BufferParameters(
        Math.clamp(size, MIN_BYTES, MAX_BYTES), Math.clamp(count, 1, MAX_COUNT));
  }

  /** Longest packet. */
  int packetBytes() {
    return size - FRAMING_BYTES;
  }

  /** Requests that may be in flight; one buffer is for the answer. */
  int window() {
    return Math.max(1, count - 1);
  }
}
