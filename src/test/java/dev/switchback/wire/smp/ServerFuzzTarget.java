package dev.switchback.wire.smp;

import dev.switchback.sim.AllocatedBytes;
import java.util.Arrays;

/** How an input reaches the server; {@link FuzzedLine} says what must hold. */
enum ServerFuzzTarget {
  /** Bytes of a line. */
  LINE {
    @Override
    void feed(byte[] input, FuzzedLine line) {
      line.receive(input);
    }
  },
  /** Packets, each behind its length in 16 bits, big-endian; all frames are valid. */
  PACKETS {
    @Override
    void feed(byte[] input, FuzzedLine line) {
      int at = 0;
      while (at + 2 <= input.length) {
        int length = ((input[at] & 0xff) << 8) | (input[at + 1] & 0xff);
        int from = at + 2;
        at = Math.min(input.length, from + Math.min(length, 65533));
        line.send(Arrays.copyOfRange(input, from, at));
      }
    }
  };

  /** What a line needs for its buffers. */
  private static final long FREE_BYTES = 1 << 20;

  /** A message of 10 bytes may be answered by an exception and its trace. */
  private static final long BYTES_PER_BYTE = 1024;

  private static final int REPEATS = 5;

  abstract void feed(byte[] input, FuzzedLine line);

  /**
   * Feeds a new line. One that costs too much is repeated, since first calls also load classes.
   *
   * @return how many answers there were
   * @throws RuntimeException or an Error if the rule is broken
   */
  final int check(byte[] input) {
    long least = Long.MAX_VALUE;
    for (int k = 0; k < REPEATS; k++) {
      FuzzedLine line = new FuzzedLine();
      least = Math.min(least, AllocatedBytes.window(() -> feed(input, line), 1));
      line.requireLife();
      if (least <= FREE_BYTES + BYTES_PER_BYTE * input.length) {
        return line.answers() - 1;
      }
    }
    throw new AssertionError(input.length + " bytes had " + least + " bytes allocated");
  }
}
