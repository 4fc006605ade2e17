package dev.switchback.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Feeds a demultiplexer and records what it delivers. */
final class Received implements Demultiplexer.Receiver {
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final List<String> packets = new ArrayList<>();
  final Demultiplexer demultiplexer = new Demultiplexer(this);

  @Override
  public void text(byte value) {
    text.write(value);
  }

  @Override
  public void packet(byte[] buffer, int length) {
    packets.add(hex(Arrays.copyOf(buffer, length)));
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Returns the frame of a packet, with all its lines. */
  static byte[] frame(byte[] packet) {
    FrameEncoder encoder = new FrameEncoder(packet.length);
    return Arrays.copyOf(encoder.buffer(), encoder.encode(packet, packet.length));
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  Received feed(byte[] bytes) {
    return feed(bytes, 0);
  }

  Received feed(byte[] bytes, long nowNanos) {
    demultiplexer.receive(bytes, 0, bytes.length, nowNanos);
    return this;
  }

  Received feed(String latin1) {
    return feed(latin1, 0);
  }

  Received feed(String latin1, long nowNanos) {
    return feed(latin1(latin1), nowNanos);
  }

  String text() {
    return text.toString(StandardCharsets.ISO_8859_1);
  }

  /** Returns the packets in hex. */
  List<String> packets() {
    return packets;
  }

  long dropped(Drop reason) {
    return demultiplexer.counters().dropped(reason);
  }

  long dropped() {
    return demultiplexer.counters().dropped();
  }

  long frames() {
    return demultiplexer.counters().frames();
  }
}
