package dev.switchback.wire.smp;

import java.util.Arrays;

/** The last write request and its answer, in case it is sent again because the answer was lost. */
final class LastWrite {
  private byte[] request = new byte[0];
  private byte[] answer = new byte[0];
  private int requestLength;
  private int answerLength;
  private long carriedOutNanos;
  private long lastNanos;

  void keep(byte[] packet, int length, byte[] answered, int answeredLength, long nowNanos) {
    request = copy(packet, length, request);
    requestLength = length;
    answer = copy(answered, answeredLength, answer);
    answerLength = answeredLength;
    carriedOutNanos = nowNanos;
    lastNanos = nowNanos;
  }

  /** Into the same array while it is long enough. */
  private static byte[] copy(byte[] from, int length, byte[] to) {
    byte[] target = to.length < length ? new byte[length] : to;
    System.arraycopy(from, 0, target, 0, length);
    return target;
  }

  /** Whether this is the last write again; if so, it may come once more as long after this. */
  boolean isRepeatedBy(byte[] packet, int length, long nowNanos) {
    boolean isRepeated =
        nowNanos - lastNanos < SmpServer.REPEAT_NANOS
            && nowNanos - carriedOutNanos < SmpServer.MAX_REPEAT_NANOS
            && Arrays.equals(packet, 0, length, request, 0, requestLength);
    if (isRepeated) {
      lastNanos = nowNanos;
    }
    return isRepeated;
  }

  /** Length of the answer. */
  int copyAnswer(byte[] to) {
    System.arraycopy(answer, 0, to, 0, answerLength);
    return answerLength;
  }
}
