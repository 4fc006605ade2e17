package dev.switchback.tools.client;

import dev.switchback.Clock;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.Demultiplexer;
import dev.switchback.wire.FrameEncoder;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.SocketLink;
import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.SmpHeader;
import dev.switchback.wire.smp.SmpMap;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A client of an SMP server, using SMP 2 and bounded waits. {@link #ask} sends one request and
 * waits for its answer; {@link #post} and {@link #receive} keep several in flight. Unexpected
 * answers are dropped; text between them becomes {@link LineEvidence}. One thread; {@link #close}
 * may be called from any thread.
 */
final class SmpClient implements AutoCloseable {
  /** How often a request is sent before it counts as unanswered. */
  static final int TRIES = 3;

  /** How long a server may take to answer, beyond the transmission time. */
  static final long PATIENCE_NANOS = 1_000_000_000L;

  private static final int BITS_PER_BYTE = 10;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** The answer of a server to one request; its packet is a copy. */
  static final class Answer {
    private final SmpHeader header;
    private final SmpMap map;
    private final byte[] packet;

    private Answer(SmpHeader header, SmpMap map, byte[] packet) {
      this.header = header;
      this.map = map;
      this.packet = packet;
    }

    SmpHeader header() {
      return header;
    }

    SmpMap map() {
      return map;
    }
  }

  private final ByteLink link;
  private final String port;
  private final int baud;
  private final Clock clock;
  private final byte[] input = new byte[4096];
  private final CborWriter writer = new CborWriter(BufferParameters.MAX_BYTES);
  private final FrameEncoder encoder = new FrameEncoder(BufferParameters.MAX_BYTES);
  private final LineEvidence evidence = new LineEvidence();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final Demultiplexer demultiplexer = new Demultiplexer(new Incoming());
  private int nextSequence;

  /** Separates frames from text. */
  private final class Incoming implements Demultiplexer.Receiver {
    @Override
    public void text(byte value) {
      evidence.text(value);
    }

    @Override
    public void packet(byte[] buffer, int length) {
      int mapBytes = length - SmpHeader.BYTES;
      SmpHeader header = mapBytes < 0 ? null : SmpHeader.read(buffer, 0);
      if (header == null || header.length() != mapBytes) {
        evidence.malformed();
      } else if (isAnswer(header)) {
        keep(header, buffer);
      } else {
        evidence.echoed();
      }
    }

    private boolean isAnswer(SmpHeader header) {
      return header.operation() == SmpHeader.READ_ANSWER
          || header.operation() == SmpHeader.WRITE_ANSWER;
    }

    private void keep(SmpHeader header, byte[] buffer) {
      try {
        answers.add(
            new Answer(
                header,
                SmpMap.read(buffer, SmpHeader.BYTES, header.length()).printable(),
                Arrays.copyOf(buffer, SmpHeader.BYTES + header.length())));
        evidence.answered();
      } catch (IOException e) {
        evidence.malformed();
      }
    }
  }

  /**
   * @param port names it for people
   * @param firstSequence of the first request. Consecutive clients should use different ones, or a
   *     server may take a request of the second for a repetition of the first.
   */
  SmpClient(ByteLink link, String port, int baud, Clock clock, int firstSequence) {
    this.link = link;
    this.port = port;
    this.baud = baud;
    this.clock = clock;
    this.nextSequence = firstSequence & 0xff;
  }

  /** Names the port for people. */
  String port() {
    return port;
  }

  /** {@link #ask(int, int, int, Fields, int, long)} with default tries and patience. */
  SmpMap ask(int operation, int group, int command, Fields fields) throws LaptopException {
    return ask(operation, group, command, fields, TRIES, PATIENCE_NANOS);
  }

  /**
   * Sends a request, and repeats it until it is answered.
   *
   * @param operation {@link SmpHeader#READ} or {@link SmpHeader#WRITE}
   * @param tries how often the same bytes are sent
   * @param patienceNanos how long to wait after each try
   * @return the map of the answer, which may report an error
   */
  SmpMap ask(int operation, int group, int command, Fields fields, int tries, long patienceNanos)
      throws LaptopException {
    SmpHeader request = SmpHeader.request(operation, group, command, takeSequence());
    return answer(request, encode(request, fields), tries, patienceNanos).map();
  }

  /**
   * Passes a packet on as {@link #ask} sends a request: under a sequence of this client's own,
   * since several may have made the same packet.
   *
   * @param packet a request, at most {@link BufferParameters#MAX_BYTES}; not modified
   * @return the answer, with the sequence of the packet
   */
  byte[] pass(byte[] packet, int tries, long patienceNanos) throws LaptopException {
    byte[] own = packet.clone();
    own[SmpHeader.SEQUENCE_OFFSET] = (byte) takeSequence();
    SmpHeader request = SmpHeader.read(own, 0);
    byte[] answer = answer(request, encoder.encode(own, own.length), tries, patienceNanos).packet;
    answer[SmpHeader.SEQUENCE_OFFSET] = packet[SmpHeader.SEQUENCE_OFFSET];
    return answer;
  }

  private Answer answer(SmpHeader request, int length, int tries, long patienceNanos)
      throws LaptopException {
    for (int i = 0; i < tries; i++) {
      write(length);
      long deadline = clock.nanoTime() + patienceNanos + wireNanos(length);
      for (Answer answer = receive(deadline); answer != null; answer = receive(deadline)) {
        if (answer.header().answers(request)) {
          return answer;
        }
      }
    }
    throw noReply();
  }

  /**
   * Sends a request without waiting.
   *
   * @return its header, for {@link SmpHeader#answers}
   */
  SmpHeader post(int operation, int group, int command, Fields fields) throws LaptopException {
    SmpHeader request = SmpHeader.request(operation, group, command, takeSequence());
    write(encode(request, fields));
    return request;
  }

  private int takeSequence() {
    int sequence = nextSequence;
    nextSequence = sequence + 1 & 0xff;
    return sequence;
  }

  private int encode(SmpHeader request, Fields fields) {
    try {
      fields.write(writer);
      return encoder.encode(writer.buffer(), writer.finish(request));
    } catch (IOException e) {
      throw new IllegalArgumentException("a request that does not fit a packet", e);
    }
  }

  private void write(int length) throws LaptopException {
    try {
      link.write(encoder.buffer(), 0, length);
    } catch (LinkException e) {
      throw LaptopException.of(e);
    }
  }

  /**
   * The next answer to any request; null if none arrives before {@code deadlineNanos}. A frame that
   * has begun by then may complete.
   */
  @Nullable Answer receive(long deadlineNanos) throws LaptopException {
    long lastNanos =
        deadlineNanos + wireNanos(FrameEncoder.encodedBytes(BufferParameters.MAX_BYTES));
    while (answers.isEmpty()) {
      long now = clock.nanoTime();
      if (now - lastNanos >= 0 || (now - deadlineNanos >= 0 && !demultiplexer.isInFrame())) {
        return null;
      }
      read();
    }
    return answers.remove();
  }

  private void read() throws LaptopException {
    try {
      int length = link.read(input);
      if (length > 0) {
        demultiplexer.receive(input, 0, length, clock.nanoTime());
      } else {
        demultiplexer.tick(clock.nanoTime());
      }
    } catch (LinkException e) {
      throw LaptopException.of(e);
    }
  }

  /** Transmission time of bytes on the line. */
  long wireNanos(long bytes) {
    return wireNanos(bytes, baud);
  }

  static long wireNanos(long bytes, int baud) {
    return bytes * BITS_PER_BYTE * NANOS_PER_SECOND / baud;
  }

  /** The most probable reason for the missing answer. */
  LaptopException noReply() {
    long damaged = demultiplexer.counters().dropped();
    return link instanceof SocketLink
        ? evidence.noReplyOfSocket(port, damaged)
        : evidence.noReply(port + " at " + baud + " baud", damaged);
  }

  Clock clock() {
    return clock;
  }

  @Override
  public void close() {
    link.close();
  }
}
