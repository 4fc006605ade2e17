package dev.switchback.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Receives one file by YMODEM, or what XMODEM with CRC sends, in blocks of 128 or 1024 bytes.
 *
 * <pre>
 *   YMODEM    C -> block 0: name and length   ACK C -> block 1   ACK -> ...
 *             EOT   NAK -> EOT   ACK C -> block 0 without a name   ACK
 *   XMODEM    C -> block 1   ACK -> ...   EOT   NAK -> EOT   ACK
 * </pre>
 *
 * A bad block is answered once the line is quiet. Until the first data a {@code C} takes the place
 * of the NAK, which would ask for blocks without a CRC. A block that is repeated is acknowledged
 * once the line is quiet: a sender that finds several {@code C} waiting repeats its first block for
 * each, and would take the answers for those of the blocks to come.
 *
 * <p><b>Not thread-safe.</b> Allocates for block 0, and when content of unknown length outgrows its
 * buffer; otherwise nothing.
 */
public final class YmodemReceiver {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long FIRST_ASK_NANOS = SECOND_NANOS;
  private static final long ASK_NANOS = 3 * SECOND_NANOS;
  private static final long BYTE_TIMEOUT_NANOS = SECOND_NANOS;
  private static final long BLOCK_TIMEOUT_NANOS = 10 * SECOND_NANOS;
  private static final long QUIET_NANOS = SECOND_NANOS / 5;
  private static final long LINGER_NANOS = SECOND_NANOS;
  private static final int MAX_ASKS = 60;
  private static final int MAX_TRIES = 10;
  private static final int MAX_CLOSING_TRIES = 3;

  private static final int UNKNOWN_START_BYTES = 16 * ModemBlock.LONG;

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
    BLOCK,
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
    CLOSING,
    /** All is done; the sender may not know yet, and holds the terminal until it does. */
    OVER
  }

  private final Outlet reply;
  private final int maxBytes;
  private final ModemBlock block = new ModemBlock();
  private State state = State.START;
  private Phase phase = Phase.FIRST;
  private boolean hasBegun;
  private boolean isYmodem;
  private boolean hasSeenEnd;

  /** The last block came once more; its sender waits for an answer, or has got it meanwhile. */
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
   * Asks for the first block at once.
   *
   * @param reply gets what is for the sender
   * @param maxBytes largest file that is taken, without padding
   * @param nowNanos monotonic, compared by subtraction
   */
  public YmodemReceiver(Outlet reply, int maxBytes, long nowNanos) {
    this.reply = reply;
    this.maxBytes = maxBytes;
    sinceNanos = nowNanos;
    send(ASK);
  }

  /** Whether a sender is at work: every byte is its own from now on. */
  public boolean hasBegun() {
    return hasBegun;
  }

  /**
   * Whether it is over, well or not, and the line is free again: a second after the end, when the
   * terminal program has it back from its sender.
   */
  public boolean isDone() {
    return state == State.DONE;
  }

  /** Why nothing was received; null if something was, or still may be. */
  public @Nullable String failure() {
    return failure;
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
      case CTRL_C -> stray("interrupted");
      default -> stray(null);
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

  private void stray(@Nullable String reason) {
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
    if (block.isNumbered() && !hasBegun) {
      hasBegun = true;
      tries = 0;
    }
    if (progress == ModemBlock.Progress.WHOLE) {
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
    long told = block.fileLength();
    if (!block.hasName()) {
      fail("the sender has no file");
    } else if (told > maxBytes) {
      fail(told + " bytes announced, at most " + maxBytes + " are taken");
    } else {
      isYmodem = true;
      announced = told;
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

  /** Lets time pass: asks again, or gives up. */
  public void tick(long nowNanos) {
    if (state != State.DONE && nowNanos - sinceNanos >= patienceNanos()) {
      sinceNanos = nowNanos;
      if (state == State.DRAIN || phase == Phase.OVER) {
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
      case BLOCK -> BYTE_TIMEOUT_NANOS;
      case PURGE, DRAIN, DONE -> QUIET_NANOS;
    };
  }

  private long startPatienceNanos() {
    if (isRepeated) {
      return QUIET_NANOS;
    }
    if (!hasBegun) {
      return FIRST_ASK_NANOS;
    }
    if (phase == Phase.OVER) {
      return LINGER_NANOS;
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
      return isAsking() ? ACK_AND_ASK : ACK;
    }
    return isAsking() ? ASK : NAK;
  }
}
