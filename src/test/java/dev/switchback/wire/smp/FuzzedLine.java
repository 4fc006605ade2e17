package dev.switchback.wire.smp;

import dev.switchback.wire.Demultiplexer;
import dev.switchback.wire.FrameEncoder;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * A line with a server, and the rule for any input: each answer is a message that fits and belongs
 * to its request, nothing is thrown, and a valid request is answered at once.
 */
final class FuzzedLine implements Demultiplexer.Receiver {
  private static final byte[] PROBE =
      new byte[] {8, 0, 0, 6, 0, 0, 77, 0, (byte) 0xa1, 0x61, 'd', 0x62, 'h', 'i'};

  private final SmpServer server = ZephyrServer.create(new ImageGroup(new FakeImages()));
  private final Demultiplexer demultiplexer = new Demultiplexer(this);
  private final FrameEncoder encoder = new FrameEncoder(FrameEncoder.MAX_PACKET_BYTES);
  private int answers;
  private int lastSequence;

  /** Receives bytes from a line. */
  void receive(byte[] bytes) {
    demultiplexer.receive(bytes, 0, bytes.length, 0);
  }

  /** Receives a packet in a frame, if it is not empty. */
  void send(byte[] packet) {
    if (packet.length > 0) {
      int length = encoder.encode(packet, packet.length);
      demultiplexer.receive(encoder.buffer(), 0, length, 0);
    }
  }

  /** Returns the number of answers. */
  int answers() {
    return answers;
  }

  /** Requires that an echo is answered. */
  void requireLife() {
    lastSequence = -1;
    send(PROBE);
    if (lastSequence != 77) {
      throw new AssertionError("a valid request is not answered any more");
    }
  }

  @Override
  public void text(byte value) {}

  @Override
  public void packet(byte[] buffer, int length) {
    byte[] before = Arrays.copyOf(buffer, length);
    int answerLength = server.handle(buffer, length, 0);
    if (!Arrays.equals(before, 0, length, buffer, 0, length)) {
      throw new AssertionError("the request was changed");
    }
    if (answerLength > 0) {
      requireMessage(SmpHeader.read(buffer, 0), answerLength);
      server.afterAnswer();
    }
  }

  private void requireMessage(SmpHeader request, int length) {
    SmpHeader answer = SmpHeader.read(server.answer(), 0);
    if (length > ZephyrServer.BUFFER_BYTES
        || !answer.equals(request.answer().withLength(length - SmpHeader.BYTES))) {
      throw new AssertionError(request + " is answered by " + answer + ", " + length + " bytes");
    }
    try {
      SmpMap.read(server.answer(), SmpHeader.BYTES, length - SmpHeader.BYTES);
    } catch (SmpException e) {
      throw new UncheckedIOException("the answer is no message", e);
    }
    lastSequence = answer.sequence();
    answers++;
  }
}
