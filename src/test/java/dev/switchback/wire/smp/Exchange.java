package dev.switchback.wire.smp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A client that sends a request to a server and reads the answer. */
final class Exchange {
  /** Writes the fields of a request. */
  interface Fields {
    void write(CborWriter map) throws IOException;
  }

  private final SmpServer server;
  private final CborWriter writer = new CborWriter(20_000);
  private int version = 1;
  private int sequence;

  Exchange(SmpGroup group, int maxAnswerBytes) {
    server = new SmpServer(List.of(group), maxAnswerBytes);
  }

  Exchange(SmpGroup group) {
    this(group, 4096);
  }

  /** Switches to SMP 1. */
  Exchange inVersion1() {
    version = 0;
    return this;
  }

  SmpMap read(int group, int command, Fields fields) {
    return ask(SmpHeader.READ, group, command, fields);
  }

  SmpMap write(int group, int command, Fields fields) {
    return ask(SmpHeader.WRITE, group, command, fields);
  }

  private SmpMap ask(int operation, int group, int command, Fields fields) {
    try {
      writer.begin();
      fields.write(writer);
      sequence = (sequence + 1) & 0xff;
      SmpHeader header = new SmpHeader(operation, version, 0, group, sequence, command);
      int length = server.handle(writer.buffer(), writer.finish(header), 0);
      SmpHeader answer = SmpHeader.read(server.answer(), 0);
      if (!answer.answers(header) || answer.version() != version) {
        throw new AssertionError("answered by " + answer);
      }
      return SmpMap.read(server.answer(), SmpHeader.BYTES, length - SmpHeader.BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void afterAnswer() {
    server.afterAnswer();
  }

  /** Returns {@code group/code} of a group error, {@code rc} of another error, or {@code ok}. */
  static String outcome(SmpMap answer) {
    try {
      if (answer.has("err")) {
        return answer.map("err").number("group") + "/" + answer.map("err").number("rc");
      }
      return answer.number("rc", 0) == 0 ? "ok" : "" + answer.number("rc");
    } catch (SmpException e) {
      throw new UncheckedIOException(e);
    }
  }
}
