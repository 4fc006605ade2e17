package dev.switchback.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Receives one file by YMODEM or XMODEM with CRC, in blocks of 128 or 1024 bytes.
 *
 * <pre>
 *   YMODEM    C -> block 0: name and length   ACK C -> block 1   ACK -> ...
 *             EOT   NAK -> EOT   ACK C -> block 0 without a name   ACK
 *   XMODEM    C -> block 1   ACK -> ...   EOT   NAK -> EOT   ACK
 * </pre>
 *
 * A bad block is answered once the line is quiet. Until the first data, {@code C} is sent instead
 * of NAK, which would request blocks without a CRC. A repeated block is acknowledged once the line
 * is quiet: a sender that finds several {@code C} waiting repeats its first block for each, and
 * would take the answers for those to later blocks.
 *
 * <p><b>Not thread-safe.</b> Allocates for block 0, and when content of unknown length outgrows its
 * buffer; otherwise nothing.
 */
public final class YmodemReceiver {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long FIRST_REQUEST_NANOS = SECOND_NANOS;
  private static final long REQUEST_NANOS = 3 * SECOND_NANOS;
  private static final long BYTE_TIMEOUT_NANOS = SECOND_NANOS;
  private static final long BLOCK_TIMEOUT_NANOS = 10 * SECOND_NANOS;
  private static final long QUIET_NANOS = SECOND_NANOS / 5;
  private static final long LINGER_NANOS = SECOND_NANOS;
  private static final int MAX_REQUESTS = 60;
  private static final int MAX_TRIES = 10;
  private static final int MAX_CLOSING_TRIES = 3;

  private static final int UNKNOWN_START_BYTES = 16 * ModemBlock.LONG;

  private static final byte SOH = 0x01;
  private static final byte STX = 0x02;
  private static final byte CTRL_C = 0x03;
  private static final byte EOT = 0x04;
  private static final byte BACKSPACE = 0x08;
  private static final byte CAN = 0x18;

  private static final byte[] REQUEST = {'C'};
  private static final byte[] ACK = {0x06};
  private static final byte[] ACK_AND_REQUEST = {0x06, 'C'};
  private static final byte[] NAK = {0x15};
  private static final byte[] CANCEL = {CAN, CAN, CAN, CAN, CAN, CAN, CAN, CAN};

  private enum State {
    /** Waits for a block, for the end of the file, or for a sender. */
    START,
    BLOCK,
    /** Received a bad block; waits until the line is quiet. */
    PURGE,
    /** The transfer failed; waits until its remaining bytes have arrived. */
    DRAIN,
    DONE
  }

  private enum Phase {
    /** No block accepted yet. */
    FIRST,
    /** The header was accepted. */
    HEADER,
    DATA,
    /** The file is complete; the final block 0 has to follow. */
    CLOSING,
    /** The transfer is complete, but the sender may have missed the last ACK. */
    OVER
  }

  private final ByteSink reply;
  private final int maxBytes;
  private final ModemBlock block = new ModemBlock();
  private State state = State.START;
  private Phase phase = Phase.FIRST;
  private boolean hasBegun;
  private boolean isYmodem;
  private boolean hasSeenEnd;

  /** Whether the last block was repeated, so that its sender may wait for an answer. */
  private boolean isRepeated;

  private int expected;
  private int tries;
  private int cancels;
  private long sinceNanos;
  private long announced = ModemBlock.UNKNOWN;
  private byte[] content = {};
  private int contentBytes;
  private @Nullable String failure;

  /**
   * Creates a receiver and requests the first block.
   *
   * @param reply receives bytes to send back
   * @param maxBytes largest file accepted, without padding
   * @param nowNanos monotonic, compared by subtraction
   */
  public YmodemReceiver(ByteSink reply, int maxBytes, long nowNanos) {
    this.reply = reply;
    this.maxBytes = maxBytes;
    sinceNanos = nowNanos;
    send(REQUEST);
  }

  /** Whether a sender has begun; from then on every byte is part of the transfer. */
  public boolean hasBegun() {
    return hasBegun;
  }

  /**
   * Whether the transfer has ended, with or without success, and the line is free. That is one
   * second after the end, when the sender has returned the line to its terminal program.
   */
  public boolean isDone() {
    return state == State.DONE;
  }

  /** Returns why the transfer failed; null if it has not. */
  public @Nullable String failure() {
    return failure;
  }

  /**
   * Returns the file. If the sender declared no length, as with XMODEM, it includes the padding of
   * the last block.
   */
  public byte[] content() {
    return Arrays.copyOf(content, contentBytes);
  }

  /** Processes the next byte. Until a sender begins, bytes outside a block are ignored. */
  public void receive(byte value, long nowNanos) {
    if (value != BACKSPACE) {
      cancels = value == CAN ? cancels + 1 : 0;
    }
    switch (state) {
      case START -> start(value);
      case BLOCK -> block(value);
      case PURGE, DRAIN, DONE -> {}
    }
    if (hasBegun) {
      sinceNanos = nowNanos;
    }
  }

  private void start(byte value) {
    switch (value) {
      case SOH -> begin(ModemBlock.SHORT);
      case STX -> begin(ModemBlock.LONG);
      case EOT -> end();
      case CAN -> endIfCancelled();
      case CTRL_C -> unexpected("interrupted");
      default -> unexpected(null);
    }
  }

  private void begin(int bytes) {
    block.begin(bytes);
    isRepeated = false;
    state = State.BLOCK;
  }

  private void endIfCancelled() {
    if (cancels >= 2) {
      fail("cancelled by the sender");
    }
  }

  private void unexpected(@Nullable String reason) {
    if (hasBegun) {
      state = State.PURGE;
    } else if (reason != null) {
      fail(reason);
    }
  }

  private void block(byte value) {
    ModemBlock.Progress progress = block.add(value);
    if (progress == ModemBlock.Progress.BAD) {
      state = hasBegun ? State.PURGE : State.START;
      return;
    }
    if (block.hasNumber() && !hasBegun) {
      hasBegun = true;
      tries = 0;
    }
    if (progress == ModemBlock.Progress.COMPLETE) {
      state = State.START;
      hasSeenEnd = false;
      cancels = 0;
      accept(block.number());
    }
  }

  private void accept(int number) {
    if (phase == Phase.OVER) {
      send(ACK);
    } else if (phase == Phase.FIRST && number == 0) {
      header();
    } else if (phase == Phase.CLOSING && number == 0) {
      close();
    } else if (phase == Phase.FIRST && number == 1) {
      data();
    } else if (phase != Phase.FIRST && number == ((expected - 1) & 0xFF)) {
      isRepeated = true;
    } else if (phase != Phase.CLOSING && number == expected) {
      data();
    } else {
      fail("block " + number + " came where " + expected + " was due");
    }
  }

  private void header() {
    long declaredBytes = block.fileLength();
    if (!block.hasName()) {
      fail("the sender has no file");
    } else if (declaredBytes > maxBytes) {
      fail(declaredBytes + " bytes announced, at most " + maxBytes + " are taken");
    } else {
      isYmodem = true;
      announced = declaredBytes;
      content = new byte[announced < 0 ? UNKNOWN_START_BYTES : (int) announced];
      advance(Phase.HEADER, 1);
      send(ACK_AND_REQUEST);
    }
  }

  private void advance(Phase next, int nextNumber) {
    phase = next;
    expected = nextNumber & 0xFF;
    tries = 0;
  }

  private void data() {
    long room = announced < 0 ? maxBytes + (long) ModemBlock.LONG - 1 : announced;
    int bytes = (int) Math.min(block.length(), room - contentBytes);
    if (bytes == 0 || (announced < 0 && bytes < block.length())) {
      fail("more than " + (announced < 0 ? maxBytes : announced) + " bytes came");
      return;
    }
    if (contentBytes + bytes > content.length) {
      content = Arrays.copyOf(content, Math.max(UNKNOWN_START_BYTES, 2 * content.length));
    }
    System.arraycopy(block.bytes(), 0, content, contentBytes, bytes);
    contentBytes += bytes;
    advance(Phase.DATA, block.number() + 1);
    send(ACK);
  }

  private void end() {
    if (phase == Phase.FIRST) {
      return;
    }
    if (phase == Phase.OVER) {
      send(ACK);
    } else if (phase == Phase.CLOSING) {
      send(ACK_AND_REQUEST);
    } else if (!hasSeenEnd) {
      hasSeenEnd = true;
      send(NAK);
    } else if (contentBytes < announced) {
      fail("the file ended after " + contentBytes + " of " + announced + " bytes");
    } else if (isYmodem) {
      advance(Phase.CLOSING, 0);
      send(ACK_AND_REQUEST);
    } else {
      phase = Phase.OVER;
      send(ACK);
    }
  }

  private void close() {
    if (block.hasName()) {
      fail("one file at a time");
    } else {
      phase = Phase.OVER;
      send(ACK);
    }
  }

  private void fail(String reason) {
    failure = reason;
    if (hasBegun) {
      send(CANCEL);
    }
    state = State.DRAIN;
  }

  private void send(byte[] bytes) {
    reply.send(bytes, 0, bytes.length);
  }

  /** Processes timeouts: repeats the last request, or fails. */
  public void tick(long nowNanos) {
    if (state != State.DONE && nowNanos - sinceNanos >= timeoutNanos()) {
      sinceNanos = nowNanos;
      if (state == State.DRAIN || phase == Phase.OVER) {
        state = State.DONE;
      } else {
        retry();
      }
    }
  }

  private boolean isRequesting() {
    return phase != Phase.DATA;
  }

  private long timeoutNanos() {
    return switch (state) {
      case START -> startTimeoutNanos();
      case BLOCK -> BYTE_TIMEOUT_NANOS;
      case PURGE, DRAIN, DONE -> QUIET_NANOS;
    };
  }

  private long startTimeoutNanos() {
    if (isRepeated) {
      return QUIET_NANOS;
    }
    if (!hasBegun) {
      return FIRST_REQUEST_NANOS;
    }
    if (phase == Phase.OVER) {
      return LINGER_NANOS;
    }
    return isRequesting() ? REQUEST_NANOS : BLOCK_TIMEOUT_NANOS;
  }

  private int maxTries() {
    if (!hasBegun) {
      return MAX_REQUESTS;
    }
    return phase == Phase.CLOSING ? MAX_CLOSING_TRIES : MAX_TRIES;
  }

  private void retry() {
    boolean isSilent = state == State.START && !isRepeated;
    tries++;
    state = State.START;
    if (cancels >= 2) {
      endIfCancelled();
    } else if (tries < maxTries()) {
      send(answer());
    } else if (phase == Phase.CLOSING) {
      state = State.DONE;
    } else if (!hasBegun) {
      fail("no sender began");
    } else {
      fail(isSilent ? "the sender fell silent" : MAX_TRIES + " bad blocks in a row");
    }
  }

  private byte[] answer() {
    if (isRepeated) {
      isRepeated = false;
      return isRequesting() ? ACK_AND_REQUEST : ACK;
    }
    return isRequesting() ? REQUEST : NAK;
  }
}
