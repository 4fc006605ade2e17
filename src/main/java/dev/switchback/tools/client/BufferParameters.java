package dev.switchback.tools.client;

/**
 * What a server says it can take, within what this end can send.
 *
 * @param size of one packet with its length and checksum, in bytes
 * @param count of packets at once, answers among them
 */
public record BufferParameters(int size, int count) {
  /** Longer packets gain nothing. */
  static final int MAX_BYTES = 8192;

  private static final int MIN_BYTES = 128;
  private static final int MAX_COUNT = 8;

  /** What every server takes that does not tell: as much as smpmgr sends to it. */
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

  /** Requests that may be under way: one buffer is for the answer. */
  int window() {
    return Math.max(1, count - 1);
  }
}
