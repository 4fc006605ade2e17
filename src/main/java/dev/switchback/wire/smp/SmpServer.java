package dev.switchback.wire.smp;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers packets, one at a time. A write that is repeated byte for byte within {@link
 * #REPEAT_NANOS} is not executed again; its first answer was lost or late, and is sent again. One
 * thread.
 */
public final class SmpServer {
  /** Longest time between two repetitions of a write. */
  public static final long REPEAT_NANOS = 3_000_000_000L;

  /** Longest time between the execution of a write and a repetition. */
  public static final long MAX_REPEAT_NANOS = 10_000_000_000L;

  private final List<SmpGroup> groups;
  private final SmpGuard guard;
  private final CborWriter writer;
  private final LastWrite lastWrite = new LastWrite();
  private @Nullable Runnable afterAnswer;
  private int answerLength;

  /**
   * A server that allows every request.
   *
   * @param groups in the order shown to clients
   * @param maxAnswerBytes largest packet sent
   */
  public SmpServer(List<SmpGroup> groups, int maxAnswerBytes) {
    this(groups, maxAnswerBytes, (group, command, isWrite) -> {});
  }

  /** A server that asks a guard before each request. */
  public SmpServer(List<SmpGroup> groups, int maxAnswerBytes, SmpGuard guard) {
    this.groups = List.copyOf(groups);
    this.guard = guard;
    writer = new CborWriter(maxAnswerBytes);
  }

  /** Returns the buffer with the answer from index 0; valid until the next request. */
  public byte[] answer() {
    return writer.buffer();
  }

  /**
   * Handles a request.
   *
   * @param packet not modified
   * @return length of the answer in {@link #answer}; 0 if there is none, because the packet is
   *     shorter than a header or an echo of our last answer
   */
  public int handle(byte[] packet, int length, long nowNanos) {
    afterAnswer = null;
    if (length < SmpHeader.BYTES || isOwnAnswer(packet, length)) {
      return 0;
    }
    SmpHeader header = SmpHeader.read(packet, 0);
    boolean isWrite = header.operation() == SmpHeader.WRITE;
    if (isWrite && lastWrite.isRepeatedBy(packet, length, nowNanos)) {
      answerLength = lastWrite.copyAnswer(writer.buffer());
      return answerLength;
    }
    answerLength = answer(header, packet, length);
    if (isWrite) {
      lastWrite.store(packet, length, writer.buffer(), answerLength, nowNanos);
    }
    return answerLength;
  }

  /** Runs the action that a command requested for after its answer. */
  public void afterAnswer() {
    Runnable action = afterAnswer;
    afterAnswer = null;
    if (action != null) {
      action.run();
    }
  }

  private boolean isOwnAnswer(byte[] packet, int length) {
    return length == answerLength
        && Arrays.equals(packet, 0, length, writer.buffer(), 0, answerLength);
  }

  private int answer(SmpHeader header, byte[] packet, int length) {
    try {
      try {
        return execute(header, packet, length);
      } catch (SmpException e) {
        return writeError(header, e);
      }
    } catch (IOException e) {
      throw new IllegalStateException("an answer was not written as CBOR", e);
    }
  }

  private int execute(SmpHeader header, byte[] packet, int length) throws IOException {
    if (header.version() > 1) {
      throw new SmpException(SmpError.TOO_NEW, "SMP of a later version");
    }
    if (header.length() != length - SmpHeader.BYTES) {
      throw new SmpException(
          SmpError.CORRUPT,
          "length in the header: found "
              + header.length()
              + ", expected "
              + (length - SmpHeader.BYTES));
    }
    SmpGroup group = group(header);
    guard.require(group.id(), header.command(), header.operation() == SmpHeader.WRITE);
    SmpRequest request =
        new SmpRequest(header, SmpMap.read(packet, SmpHeader.BYTES, header.length()));
    writer.begin();
    group.handle(request, writer);
    if (!request.isVersion2()) {
      writer.number("rc", SmpError.OK.code());
    }
    int answer = writer.finish(header.answer());
    afterAnswer = request.afterAnswer();
    return answer;
  }

  private SmpGroup group(SmpHeader header) throws SmpException {
    if (header.operation() == SmpHeader.READ || header.operation() == SmpHeader.WRITE) {
      for (SmpGroup group : groups) {
        if (group.id() == header.group()) {
          return group;
        }
      }
    }
    throw new SmpException(SmpError.NOT_SUPPORTED, "no group " + header.group());
  }

  private int writeError(SmpHeader header, SmpException failure) throws IOException {
    writer.begin();
    GroupError error = failure.groupError();
    if (error == null || header.version() == 0) {
      writer.number("rc", failure.error().code());
    } else {
      writer.error(error);
    }
    return writer.finish(header.answer());
  }
}
