package dev.switchback.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Possible contents of a file that was being written when the power failed. */
final class Remains {
  /** Block size of the disk, scaled down to the size of our files. */
  static final int BLOCK_BYTES = 32;

  private Remains() {}

  /**
   * Returns every possible content once: the old, the new, the new truncated at every length, the
   * old overwritten up to every length, the new with one block or all but one unwritten.
   */
  static List<byte[]> of(byte[] before, byte[] after) {
    List<byte[]> remains = new ArrayList<>();
    remains.add(before);
    if (Arrays.equals(before, after)) {
      return remains;
    }
    for (int length = 0; length <= after.length; length++) {
      add(remains, Arrays.copyOf(after, length));
      add(remains, mixed(before, after, length));
    }
    for (int from = 0; from < after.length; from += BLOCK_BYTES) {
      int to = Math.min(after.length, from + BLOCK_BYTES);
      add(remains, withZeros(after, from, to));
      byte[] alone = new byte[after.length];
      System.arraycopy(after, from, alone, from, to - from);
      add(remains, alone);
    }
    return remains;
  }

  /** Returns a random one of {@link #of}. */
  static byte[] any(byte[] before, byte[] after, Random random) {
    if (Arrays.equals(before, after)) {
      return before;
    }
    int length = random.nextInt(after.length + 1);
    int from = random.nextInt(Math.max(1, after.length));
    return switch (random.nextInt(5)) {
      case 0 -> before;
      case 1 -> after;
      case 2 -> Arrays.copyOf(after, length);
      case 3 -> mixed(before, after, length);
      default -> withZeros(after, from, Math.min(after.length, from + BLOCK_BYTES));
    };
  }

  private static byte[] mixed(byte[] before, byte[] after, int length) {
    byte[] bytes = Arrays.copyOf(before, Math.max(before.length, length));
    System.arraycopy(after, 0, bytes, 0, length);
    return bytes;
  }

  private static byte[] withZeros(byte[] after, int from, int to) {
    byte[] bytes = after.clone();
    Arrays.fill(bytes, from, to, (byte) 0);
    return bytes;
  }

  private static void add(List<byte[]> remains, byte[] bytes) {
    if (remains.stream().noneMatch(present -> Arrays.equals(present, bytes))) {
      remains.add(bytes);
    }
  }
}
