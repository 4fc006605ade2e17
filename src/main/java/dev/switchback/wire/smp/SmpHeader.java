package dev.switchback.wire.smp;

import java.nio.ByteBuffer;

/**
 * The first 8 bytes of a packet; protocol.md, section 1.
 *
 * @param operation 0 to 7, see {@link #READ}
 * @param version SMP version minus one: 0 or 1; 2 and 3 are undefined
 * @param length length of the map that follows, 0 to 65535 bytes
 * @param group 0 to 65535
 * @param sequence 0 to 255
 * @param command 0 to 255
 */
public record SmpHeader(
    int operation, int version, int length, int group, int sequence, int command) {
  public static final int BYTES = 8;

  /** Where the sequence stands in a packet. */
  public static final int SEQUENCE_OFFSET = 6;

  public static final int READ = 0;
  public static final int READ_ANSWER = 1;
  public static final int WRITE = 2;
  public static final int WRITE_ANSWER = 3;

  private static final int OPERATION_MASK = 0b111;
  private static final int VERSION_SHIFT = 3;
  private static final int VERSION_MASK = 0b11;

  /** Returns the header of an SMP 2 request. */
  public static SmpHeader request(int operation, int group, int command, int sequence) {
    return new SmpHeader(operation, 1, 0, group, sequence, command);
  }

  /** Reads a header from {@link #BYTES} bytes; any bytes are valid. */
  public static SmpHeader read(byte[] bytes, int offset) {
    ByteBuffer header = ByteBuffer.wrap(bytes, offset, BYTES).slice();
    return new SmpHeader(
        header.get(0) & OPERATION_MASK,
        (header.get(0) >> VERSION_SHIFT) & VERSION_MASK,
        header.getChar(2),
        header.getChar(4),
        header.get(6) & 0xff,
        header.get(7) & 0xff);
  }

  /** Writes {@link #BYTES} bytes. */
  public void write(byte[] bytes, int offset) {
    ByteBuffer.wrap(bytes, offset, BYTES)
        .put((byte) ((version << VERSION_SHIFT) | operation))
        .put((byte) 0)
        .putChar((char) length)
        .putChar((char) group)
        .put((byte) sequence)
        .put((byte) command);
  }

  /** Returns a copy for a map of another length. */
  public SmpHeader withLength(int bytes) {
    return new SmpHeader(operation, version, bytes, group, sequence, command);
  }

  /** Whether this is the answer to a request: same group, command and sequence. */
  public boolean answers(SmpHeader request) {
    return operation == (request.operation | 1)
        && group == request.group
        && command == request.command
        && sequence == request.sequence;
  }

  /**
   * Returns the header of the answer: a read response to a read, a write response to anything else.
   */
  SmpHeader answer() {
    return new SmpHeader(
        operation == READ ? READ_ANSWER : WRITE_ANSWER,
        Math.min(version, 1),
        0,
        group,
        sequence,
        command);
  }
}
