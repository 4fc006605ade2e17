package dev.switchback.tools.lab;

import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.SmpError;
import dev.switchback.wire.smp.SmpHeader;
import dev.switchback.wire.smp.SmpMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** A request of a page to the device. */
final class LabPacket {
  /** Largest packet, as devices announce it. */
  static final int MAX_BYTES = 4096;

  private static final int OS = 0;
  private static final int IMAGE = 1;
  private static final int UPLOAD = 1;
  private static final int FILES = 8;
  private static final int SWITCHBACK = 100;
  private static final int SWITCHES = 9;
  private static final int RESET = 5;

  private static final int BUSY_BYTES = 64;

  private final String page;
  private final byte[] bytes;
  private final SmpHeader header;

  /**
   * @param page names the page that made it
   * @throws Rejection if it is no request of SMP
   */
  LabPacket(String page, byte[] bytes) throws Rejection {
    if (bytes.length < SmpHeader.BYTES || bytes.length > MAX_BYTES) {
      throw new Rejection(
          400,
          "a packet of "
              + SmpHeader.BYTES
              + " to "
              + MAX_BYTES
              + " bytes expected, found "
              + bytes.length);
    }
    this.page = page;
    this.bytes = bytes;
    this.header = SmpHeader.read(bytes, 0);
    boolean isRequest =
        header.operation() == SmpHeader.READ || header.operation() == SmpHeader.WRITE;
    if (!isRequest || header.length() != bytes.length - SmpHeader.BYTES) {
      throw new Rejection(400, "no request of SMP: operation or length is wrong");
    }
  }

  String page() {
    return page;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean isWrite() {
    return header.operation() == SmpHeader.WRITE;
  }

  /** Whether it is a chunk of an upload of group 1. */
  boolean isUpload() {
    return isWrite() && header.group() == IMAGE && header.command() == UPLOAD;
  }

  /** Whether it is a piece of a file in either direction. */
  boolean movesFile() {
    return isUpload() || header.group() == FILES;
  }

  /** Whether a device that accepts it is another than before, beyond what is read live. */
  boolean changes() {
    boolean isEcho = header.group() == OS && header.command() != RESET;
    boolean isFlip = header.group() == SWITCHBACK && header.command() == SWITCHES;
    return isWrite() && !isEcho && !isFlip;
  }

  /** Returns the field of the request, or the alternative if it has none. */
  long number(String name, long alternative) {
    return number(bytes, name, alternative);
  }

  /** Returns a field of a packet; the alternative if it has none. */
  static long number(byte[] packet, String name, long alternative) {
    try {
      return map(packet).number(name, alternative);
    } catch (IOException e) {
      return alternative;
    }
  }

  private static SmpMap map(byte[] packet) throws IOException {
    return SmpMap.read(packet, SmpHeader.BYTES, packet.length - SmpHeader.BYTES);
  }

  /** Whether an answer reports no error. */
  boolean isAccepted(byte[] answer) {
    try {
      SmpMap map = map(answer);
      return !map.has("err") && map.number("rc", SmpError.OK.code()) == SmpError.OK.code();
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the answer of a device that is busy. */
  byte[] busy() {
    CborWriter writer = new CborWriter(BUSY_BYTES);
    try {
      writer.begin();
      writer.number("rc", SmpError.BUSY.code());
      int operation = isWrite() ? SmpHeader.WRITE_ANSWER : SmpHeader.READ_ANSWER;
      SmpHeader answer =
          new SmpHeader(
              operation,
              Math.min(header.version(), 1),
              0,
              header.group(),
              header.sequence(),
              header.command());
      return Arrays.copyOf(writer.buffer(), writer.finish(answer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the same bytes for every page and sequence. */
  byte[] question() {
    byte[] question = bytes.clone();
    question[SmpHeader.SEQUENCE_OFFSET] = 0;
    return question;
  }

  /** Returns an answer to the same question as the answer to this packet. */
  byte[] answered(byte[] answer) {
    byte[] own = answer.clone();
    own[SmpHeader.SEQUENCE_OFFSET] = bytes[SmpHeader.SEQUENCE_OFFSET];
    return own;
  }
}
