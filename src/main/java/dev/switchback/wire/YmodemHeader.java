package dev.switchback.wire;

import java.nio.charset.StandardCharsets;

/**
 * What block 0 says of a file.
 *
 * <pre>
 *   name 00 length, decimal [20 more] 00 ...
 * </pre>
 *
 * @param name printable ASCII, a question mark for anything else; empty: no file follows
 * @param lengthBytes {@link #UNKNOWN} if none is told
 */
record YmodemHeader(String name, long lengthBytes) {
  static final long UNKNOWN = -1;
  private static final long LARGEST = 1_000_000_000_000L;

  static YmodemHeader read(byte[] block, int blockBytes) {
    int end = 0;
    while (end < blockBytes && block[end] != 0) {
      end++;
    }
    String name = new String(block, 0, end, StandardCharsets.US_ASCII);
    return new YmodemHeader(name.replaceAll("[^ -~]", "?"), length(block, end + 1, blockBytes));
  }

  private static long length(byte[] block, int from, int to) {
    long length = UNKNOWN;
    for (int i = from; i < to && block[i] >= '0' && block[i] <= '9'; i++) {
      length = Math.min(LARGEST, Math.max(0, length) * 10 + block[i] - '0');
    }
    return length;
  }
}
