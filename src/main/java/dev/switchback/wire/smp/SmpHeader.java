package dev.switchback.wire.smp;

/**
 * The first 8 bytes of a packet; protocol.md, section 1.
 *
 * @param operation 0 to 7, see {@link #READ}
 * @param version of SMP less one: 0 or 1; 2 and 3 are not defined
 * @param length of the map that follows, 0 to 65535 bytes
 * @param group 0 to 65535
 * @param sequence 0 to 255
 * @param command 0 to 255
 */
public record SmpHeader(
    int operation, int version, int length, int group, int sequence, int command) {
  public static final int BYTES = 8;

  public static final int READ = 0;
  public static final int READ_ANSWER = 1;
  public static final int WRITE = 2;
  public static final int WRITE_ANSWER = 3;

  private static final int OPERATION_MASK = 0b111;
  private static final int VERSION_SHIFT = 3;
  private static final int VERSION_MASK = 0b11;

  /** A request in SMP 2. */
  public static SmpHeader request(int operation, int group, int command, int sequence) {
    return new SmpHeader(operation, 1, 0, group, sequence, command);
  }

  /** Reads {@link #BYTES} bytes; whatever they are, they are a header. */
  public static SmpHeader read(byte[] bytes, int offset) {
    return new SmpHeader(
        bytes[offset] & OPERATION_MASK,
        (bytes[offset] >> VERSION_SHIFT) & VERSION_MASK,
        u16(bytes, offset + 2),
        u16(bytes, offset + 4),
        bytes[offset + 6] & 0xff,
        bytes[offset + 7] & 0xff);
  }

  private static int u16(byte[] bytes, int offset) {
    return ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
  }

  /** Writes {@link #BYTES} bytes. */
  public void write(byte[] bytes, int offset) {
    bytes[offset] = (byte) ((version << VERSION_SHIFT) | operation);
    bytes[offset + 1] = 0;
    putU16(bytes, offset + 2, length);
    putU16(bytes, offset + 4, group);
    bytes[offset + 6] = (byte) sequence;
    bytes[offset + 7] = (byte) command;
  }

  private static void putU16(byte[] bytes, int offset, int value) {
    bytes[offset] = (byte) (value >> 8);
    bytes[offset + 1] = (byte) value;
  }

  /** The same for a map of another length. */
  public SmpHeader withLength(int bytes) {
    return new SmpHeader(operation, version, bytes, group, sequence, command);
  }

  /** Whose answer this is, if it is one: same group, command and sequence. */
  public boolean answers(SmpHeader request) {
    return operation == (request.operation | 1)
        && group == request.group
        && command == request.command
        && sequence == request.sequence;
  }

  /** The header of the answer: a read is answered as a read, all else as a write. */
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
