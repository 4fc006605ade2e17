package dev.switchback.link;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Receives one file by YMODEM, or what XMODEM with CRC sends, in blocks of 128 or 1024 bytes.
 *
 * <pre>
 *   block     01 or 02 | number | 255 - number | 128 or 1024 bytes | CRC, high byte first
 *   YMODEM    C -> block 0: name and length   ACK C -> block 1   ACK -> ...
 *             EOT   NAK -> EOT   ACK C -> block 0 without a name   ACK
 *   XMODEM    C -> block 1   ACK -> ...   EOT   NAK -> EOT   ACK
 * </pre>
 *
 * A bad block is answered once the line is quiet. Until the first data a {@code C} takes the place
 * of the NAK, which would ask for blocks without a CRC.
 *
 * <p><b>Not thread-safe.</b> Allocates for block 0, and when content of unknown length outgrows its
 * buffer; otherwise nothing.
 */
public final class YmodemReceiver {
  /** Takes what the sender shall get. */
  public interface Reply {
    void send(byte[] bytes, int offset, int length);
  }

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long FIRST_ASK_NANOS = SECOND_NANOS;
  private static final long ASK_NANOS = 3 * SECOND_NANOS;
  private static final long BYTE_TIMEOUT_NANOS = SECOND_NANOS;
  private static final long BLOCK_TIMEOUT_NANOS = 10 * SECOND_NANOS;
  private static final long QUIET_NANOS = SECOND_NANOS / 5;
  private static final int MAX_ASKS = 60;
  private static final int MAX_TRIES = 10;
  private static final int MAX_CLOSING_TRIES = 3;

  private static final int SHORT_BLOCK = 128;
  private static final int LONG_BLOCK = 1024;
  private static final int CRC_BYTES = 2;
  private static final int UNKNOWN_START_BYTES = 16 * LONG_BLOCK;

  private static final byte SOH = 0x01;
  private static final byte STX = 0x02;
  private static final byte CTRL_C = 0x03;
  private static final byte EOT = 0x04;
  private static final byte BACKSPACE = 0x08;
  private static final byte CAN = 0x18;

  private static final byte[] ASK = {'C'};
  private static final byte[] ACK = {0x06};
  private static final byte[] ACK_AND_ASK = {0x06, 'C'};
  private static final byte[] NAK = {0x15};
  private static final byte[] CANCEL = {CAN, CAN, CAN, CAN, CAN, CAN, CAN, CAN};

  private enum State {
    /** Waits for a block, for its end of file, or for a sender at all. */
    START,
    NUMBER,
    COMPLEMENT,
    BODY,
    /** A bad block; waits until the line is quiet. */
    PURGE,
    /** It failed; waits until nothing more comes that belongs to it. */
    DRAIN,
    DONE
  }

  private enum Phase {
    /** No block was accepted. */
    FIRST,
    /** The header was. */
    HEADER,
    DATA,
    /** The file is complete; the block that says so is to come. */
    CLOSING
  }

  private final Reply reply;
  private final int maxBytes;
  private final byte[] block = new byte[LONG_BLOCK + CRC_BYTES];
  private State state = State.START;
  private Phase phase = Phase.FIRST;
  private boolean hasBegun;
  private boolean isYmodem;
  private boolean hasSeenEnd;
  private int number;
  private int expected;
  private int blockBytes;
  private int filled;
  private int tries;
  private int cancels;
  private long sinceNanos;
  private String name = "";
  private long announced = YmodemHeader.UNKNOWN;
  private byte[] content = {};
  private int contentBytes;
  private @Nullable String failure;

  /**
   * Asks for the first block at once.
   *
   * @param maxBytes largest file that is taken, without padding
   * @param nowNanos monotonic, compared by subtraction
   */
  public YmodemReceiver(Reply reply, int maxBytes, long nowNanos) {
    this.reply = reply;
    this.maxBytes = maxBytes;
    sinceNanos = nowNanos;
    send(ASK);
  }

  /** Whether a sender is at work: every byte is its own from now on. */
  public boolean hasBegun() {
    return hasBegun;
  }

  /** Whether it is over, well or not, and the line is free again. */
  public boolean isDone() {
    return state == State.DONE;
  }

  /** Why nothing was received; null if something was, or still may be. */
  public @Nullable String failure() {
    return failure;
  }

  /** As the sender calls the file; empty with XMODEM. */
  public String name() {
    return name;
  }

  /**
   * The file; with a sender that told no length, as XMODEM's never do, also the padding of its last
   * block.
   */
  public byte[] content() {
    return Arrays.copyOf(content, contentBytes);
  }

  /** Takes the next byte. Until a sender begins, what is no part of a block is ignored. */
  public void receive(byte value, long nowNanos) {
    if (value != BACKSPACE) {
      cancels = value == CAN ? cancels + 1 : 0;
    }
    switch (state) {
      case START -> start(value);
      case NUMBER -> {
        number = value & 0xFF;
        state = State.COMPLEMENT;
      }
      case COMPLEMENT -> complement(value & 0xFF);
      case BODY -> body(value);
      case PURGE, DRAIN, DONE -> {}
    }
    if (hasBegun) {
      sinceNanos = nowNanos;
    }
  }

  private void start(byte value) {
    switch (value) {
      case SOH -> begin(SHORT_BLOCK);
      case STX -> begin(LONG_BLOCK);
      case EOT -> end();
      case CAN -> endIfCancelled();
      case CTRL_C -> stray("interrupted");
      default -> stray(null);
    }
  }

  private void begin(int bytes) {
    blockBytes = bytes;
    filled = 0;
    state = State.NUMBER;
  }

  private void endIfCancelled() {
    if (cancels >= 2) {
      fail("cancelled by the sender");
    }
  }

  private void stray(@Nullable String reason) {
    if (hasBegun) {
      state = State.PURGE;
    } else if (reason != null) {
      fail(reason);
    }
  }

  private void complement(int value) {
    if ((number ^ value) == 0xFF) {
      tries = hasBegun ? tries : 0;
      hasBegun = true;
      state = State.BODY;
    } else {
      state = hasBegun ? State.PURGE : State.START;
    }
  }

  private void body(byte value) {
    block[filled++] = value;
    if (filled < blockBytes + CRC_BYTES) {
      return;
    }
    if (Crc16.of(block, 0, filled) == 0) {
      state = State.START;
      hasSeenEnd = false;
      cancels = 0;
      accept();
    } else {
      state = State.PURGE;
    }
  }

  private void accept() {
    if (phase == Phase.FIRST && number == 0) {
      header();
    } else if (phase == Phase.CLOSING && number == 0) {
      close();
    } else if (phase == Phase.FIRST && number == 1) {
      data();
    } else if (phase != Phase.FIRST && number == ((expected - 1) & 0xFF)) {
      send(ACK);
    } else if (phase != Phase.CLOSING && number == expected) {
      data();
    } else {
      fail("block " + number + " came where " + expected + " was due");
    }
  }

  private void header() {
    YmodemHeader header = YmodemHeader.read(block, blockBytes);
    if (header.name().isEmpty()) {
      fail("the sender has no file");
    } else if (header.lengthBytes() > maxBytes) {
      fail(header.lengthBytes() + " bytes announced, at most " + maxBytes + " are taken");
    } else {
      isYmodem = true;
      name = header.name();
      announced = header.lengthBytes();
      content = new byte[announced < 0 ? UNKNOWN_START_BYTES : (int) announced];
      advance(Phase.HEADER, 1);
      send(ACK_AND_ASK);
    }
  }

  private void advance(Phase next, int nextNumber) {
    phase = next;
    expected = nextNumber & 0xFF;
    tries = 0;
  }

  private void data() {
    long room = announced < 0 ? maxBytes + (long) LONG_BLOCK - 1 : announced;
    int bytes = (int) Math.min(blockBytes, room - contentBytes);
    if (bytes == 0 || (announced < 0 && bytes < blockBytes)) {
      fail("more than " + (announced < 0 ? maxBytes : announced) + " bytes came");
      return;
    }
    if (contentBytes + bytes > content.length) {
      content = Arrays.copyOf(content, Math.max(UNKNOWN_START_BYTES, 2 * content.length));
    }
    System.arraycopy(block, 0, content, contentBytes, bytes);
    contentBytes += bytes;
    advance(Phase.DATA, number + 1);
    send(ACK);
  }

  private void end() {
    if (!hasBegun) {
      return;
    }
    if (phase == Phase.CLOSING) {
      send(ACK_AND_ASK);
    } else if (!hasSeenEnd) {
      hasSeenEnd = true;
      send(NAK);
    } else if (contentBytes < announced) {
      fail("the file ended after " + contentBytes + " of " + announced + " bytes");
    } else if (isYmodem) {
      advance(Phase.CLOSING, 0);
      send(ACK_AND_ASK);
    } else {
      send(ACK);
      state = State.DONE;
    }
  }

  private void close() {
    if (YmodemHeader.read(block, blockBytes).name().isEmpty()) {
      send(ACK);
      state = State.DONE;
    } else {
      fail("one file at a time");
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

  /** Lets time pass: asks again, or gives up. */
  public void tick(long nowNanos) {
    if (state != State.DONE && nowNanos - sinceNanos >= patienceNanos()) {
      sinceNanos = nowNanos;
      if (state == State.DRAIN) {
        state = State.DONE;
      } else {
        retry();
      }
    }
  }

  private boolean isAsking() {
    return phase != Phase.DATA;
  }

  private long patienceNanos() {
    return switch (state) {
      case START -> startPatienceNanos();
      case NUMBER, COMPLEMENT, BODY -> BYTE_TIMEOUT_NANOS;
      case PURGE, DRAIN, DONE -> QUIET_NANOS;
    };
  }

  private long startPatienceNanos() {
    if (!hasBegun) {
      return FIRST_ASK_NANOS;
    }
    return isAsking() ? ASK_NANOS : BLOCK_TIMEOUT_NANOS;
  }

  private int maxTries() {
    if (!hasBegun) {
      return MAX_ASKS;
    }
    return phase == Phase.CLOSING ? MAX_CLOSING_TRIES : MAX_TRIES;
  }

  private void retry() {
    boolean isSilent = state == State.START;
    tries++;
    state = State.START;
    if (cancels >= 2) {
      endIfCancelled();
    } else if (tries < maxTries()) {
      send(isAsking() ? ASK : NAK);
    } else if (phase == Phase.CLOSING) {
      state = State.DONE;
    } else if (!hasBegun) {
      fail("no sender began");
    } else {
      fail(isSilent ? "the sender fell silent" : MAX_TRIES + " bad blocks in a row");
    }
  }
}
