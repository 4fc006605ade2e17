package dev.switchback.wire.smp;

import dev.switchback.sim.AllocatedBytes;
import java.util.Arrays;

/** Ways for an input to reach the server; {@link FuzzedLine} has the rule. */
enum ServerFuzzTarget {
  /** Bytes of a line. */
  LINE {
    @Override
    void feed(byte[] input, FuzzedLine line) {
      line.receive(input);
    }
  },
  /** Packets, each after its length in 16 bits, big-endian; all frames are valid. */
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

  /** Bytes that a line needs for its buffers. */
  private static final long FREE_BYTES = 1 << 20;

  /** A message of 10 bytes may cost an exception with its stack trace. */
  private static final long BYTES_PER_BYTE = 1024;

  private static final int REPEATS = 5;

  abstract void feed(byte[] input, FuzzedLine line);

  /**
   * Feeds a new line. If it costs too much it is repeated, because first calls also load classes.
   *
   * @return number of answers
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
