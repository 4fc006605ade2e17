package dev.switchback.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds the blocks of a sender and passes them to a receiver. */
public final class ModemSender implements ByteSink {
  static final String ACK = "\6";
  static final String NAK = "\25";
  static final String EOT = "\4";
  static final String CAN = "\30";
  static final long SECOND = 1_000_000_000L;

  final YmodemReceiver receiver;
  private final ByteArrayOutputStream replies = new ByteArrayOutputStream();
  long nowNanos;

  ModemSender(int maxBytes, long startNanos) {
    nowNanos = startNanos;
    receiver = new YmodemReceiver(this, maxBytes, startNanos);
  }

  ModemSender(int maxBytes) {
    this(maxBytes, 0);
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    replies.write(bytes, offset, length);
  }

  public static byte[] header(String name, String length) {
    byte[] text = Received.latin1(name + "\0" + length);
    return block(0, Arrays.copyOf(text, text.length <= 128 ? 128 : 1024));
  }

  public static byte[] noMoreFiles() {
    return block(0, new byte[128]);
  }

  /** Returns a block, padded to 128 or 1024 bytes. */
  public static byte[] block(int number, byte[] data) {
    int size = data.length <= 128 ? 128 : 1024;
    byte[] padded = Arrays.copyOf(data, size);
    Arrays.fill(padded, data.length, size, (byte) 0x1A);
    int crc = Crc16.of(padded, 0, size);
    byte[] head = {(byte) (size == 128 ? 1 : 2), (byte) number, (byte) (255 - number)};
    return Received.join(head, padded, new byte[] {(byte) (crc >> 8), (byte) crc});
  }

  /** Passes bytes to the receiver; returns the immediate answer. */
  String send(byte[] bytes) {
    for (byte value : bytes) {
      receiver.receive(value, nowNanos);
    }
    return replies();
  }

  String send(String latin1) {
    return send(Received.latin1(latin1));
  }

  /** Advances time, tick by tick; returns the answer. */
  String silence(double seconds) {
    long end = nowNanos + (long) (seconds * SECOND);
    while (nowNanos - end < 0) {
      nowNanos += SECOND / 10;
      receiver.tick(nowNanos);
    }
    return replies();
  }

  String replies() {
    String text = replies.toString(StandardCharsets.ISO_8859_1);
    replies.reset();
    return text;
  }

  /** Sends the rest of a file from a block on, and its end; requires the right answers. */
  void sendBlocks(byte[] file, int blockBytes) {
    for (int from = 0, number = 1; from < file.length; from += blockBytes, number++) {
      byte[] data = Arrays.copyOfRange(file, from, Math.min(file.length, from + blockBytes));
      require(ACK, send(block(number, data)));
    }
    require(NAK, send(EOT));
  }

  static void require(String expected, String actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(
          "answered "
              + Received.hex(Received.latin1(actual))
              + " instead of "
              + Received.hex(Received.latin1(expected)));
    }
  }
}
