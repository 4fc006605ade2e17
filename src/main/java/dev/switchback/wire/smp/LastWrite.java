package dev.switchback.wire.smp;

import java.util.Arrays;

/** The last write request and its answer, in case it is sent again because the answer was lost. */
final class LastWrite {
  private byte[] request = new byte[0];
  private byte[] answer = new byte[0];
  private int requestLength;
  private int answerLength;
  private long executedNanos;
  private long lastNanos;

  void store(byte[] packet, int length, byte[] answered, int answeredLength, long nowNanos) {
    request = copy(packet, length, request);
    requestLength = length;
    answer = copy(answered, answeredLength, answer);
    answerLength = answeredLength;
    executedNanos = nowNanos;
    lastNanos = nowNanos;
  }

  /** Copies into the same array if it is long enough. */
  private static byte[] copy(byte[] from, int length, byte[] to) {
    byte[] target = to.length < length ? new byte[length] : to;
    System.arraycopy(from, 0, target, 0, length);
    return target;
  }

  /** Whether this repeats the last write. Each repetition extends the time for the next one. */
  boolean isRepeatedBy(byte[] packet, int length, long nowNanos) {
    boolean isRepeated =
        nowNanos - lastNanos < SmpServer.REPEAT_NANOS
            && nowNanos - executedNanos < SmpServer.MAX_REPEAT_NANOS
            && Arrays.equals(packet, 0, length, request, 0, requestLength);
    if (isRepeated) {
      lastNanos = nowNanos;
    }
    return isRepeated;
  }

  /** Copies the answer and returns its length. */
  int copyAnswer(byte[] to) {
    System.arraycopy(answer, 0, to, 0, answerLength);
    return answerLength;
  }
}
