package dev.switchback.wire;

import org.jspecify.annotations.Nullable;

/**
 * Separates the bytes of a line into packets and text. Lines of frames may have any length. No byte
 * of a bad frame is delivered as text.
 *
 * <pre>
 *   state     06 09      04 14      LF                       other
 *   TEXT      -> LINE    -> SKIP    text                     text
 *   LINE      -> LINE    bad        whole: packet -> TEXT    decoded; bad -> SKIP
 *                                   else -> BETWEEN
 *   BETWEEN   -> LINE    -> LINE    ignored                  bad -> SKIP
 *   TAIL      -> LINE    -> SKIP    ignored                  -> SKIP
 *   SKIP      -> LINE    ignored    -> TEXT                  ignored
 * </pre>
 *
 * In every state except TEXT, 3 s of silence lead to TEXT. The first byte of a pair is held until
 * the second arrives; if another byte follows, both are ordinary bytes. TAIL follows a line that
 * ended inside a group of digits and long before the announced end: the rest of the line probably
 * follows.
 *
 * <p><b>Not thread-safe.</b> Allocates nothing after construction.
 */
public final class Demultiplexer {
  /** Silence that ends a frame. */
  public static final long TIMEOUT_NANOS = 3_000_000_000L;

  /** Receives packets and text, during {@link Demultiplexer#receive} or {@code tick}. */
  public interface Receiver {
    /** A byte that belongs to no frame. */
    void text(byte value);

    /**
     * The packet of a frame with a correct CRC.
     *
     * @param buffer holds the packet from index 0; valid only during the call
     * @param length 1 to {@link FrameEncoder#MAX_PACKET_BYTES}
     */
    void packet(byte[] buffer, int length);
  }

  private enum State {
    TEXT,
    LINE,
    BETWEEN,
    TAIL,
    SKIP
  }

  private static final byte NONE = 0;

  private final Receiver receiver;
  private final FrameAssembly assembly = new FrameAssembly();
  private final LinkCounters counters = new LinkCounters();
  private State state = State.TEXT;
  private byte pendingMarker = NONE;
  private boolean isAfterCarriageReturn;

  /** Whether the last frame was dropped; its remaining lines are not counted again. */
  private boolean isAfterBadFrame;

  private long lastNanos;

  public Demultiplexer(Receiver receiver) {
    this.receiver = receiver;
  }

  /**
   * Processes received bytes.
   *
   * @param nowNanos time of arrival; monotonic, compared by subtraction
   */
  public void receive(byte[] bytes, int offset, int length, long nowNanos) {
    tick(nowNanos);
    lastNanos = nowNanos;
    for (int i = offset; i < offset + length; i++) {
      process(bytes[i]);
    }
  }

  /** Processes timeouts: ends a frame after 3 s without a byte. */
  public void tick(long nowNanos) {
    if (isInFrame() && nowNanos - lastNanos >= TIMEOUT_NANOS) {
      endOnTimeout();
    }
  }

  /** Whether a frame has begun, possibly only with the first byte of its marker. */
  public boolean isInFrame() {
    return state != State.TEXT || pendingMarker != NONE;
  }

  /** Returns the counters; always the same object. */
  public LinkCounters counters() {
    return counters;
  }

  private void endOnTimeout() {
    byte first = pendingMarker;
    pendingMarker = NONE;
    if (state == State.TEXT) {
      text(first);
    } else {
      if (state == State.LINE || state == State.BETWEEN) {
        drop(Drop.TIMEOUT);
      }
      state = State.TEXT;
    }
  }

  private void process(byte value) {
    if (pendingMarker != NONE) {
      byte first = pendingMarker;
      pendingMarker = NONE;
      if (isPair(first, value)) {
        beginLine(first);
        return;
      }
      processSingle(first);
    }
    if (value == Marker.FIRST || (value == Marker.NEXT && mayContinue())) {
      pendingMarker = value;
    } else {
      processSingle(value);
    }
  }

  private static boolean isPair(byte first, byte second) {
    return second == (first == Marker.FIRST ? Marker.FIRST_SECOND : Marker.NEXT_SECOND);
  }

  private boolean mayContinue() {
    return state == State.TEXT || state == State.BETWEEN || state == State.TAIL;
  }

  private void beginLine(byte marker) {
    isAfterCarriageReturn = false;
    if (marker == Marker.FIRST) {
      beginFrame();
    } else if (state == State.BETWEEN) {
      assembly.beginLine();
      state = State.LINE;
    } else {
      if (!isAfterBadFrame) {
        drop(Drop.ORPHAN);
      }
      state = State.SKIP;
    }
  }

  private void beginFrame() {
    if (state == State.LINE || state == State.BETWEEN) {
      drop(Drop.ABANDONED);
    }
    isAfterBadFrame = false;
    assembly.begin();
    state = State.LINE;
  }

  private void processSingle(byte value) {
    switch (state) {
      case TEXT -> text(value);
      case LINE -> processInLine(value);
      case BETWEEN -> processBetween(value, Drop.ABANDONED);
      case TAIL -> processBetween(value, null);
      case SKIP -> state = value == '\n' ? State.TEXT : State.SKIP;
    }
  }

  private void text(byte value) {
    isAfterBadFrame = false;
    receiver.text(value);
  }

  private void processBetween(byte value, @Nullable Drop reason) {
    if (value == '\n' || value == '\r') {
      return;
    }
    if (reason != null) {
      drop(reason);
    }
    state = State.SKIP;
  }

  private void processInLine(byte value) {
    if (value == '\n') {
      endLine();
    } else if (isAfterCarriageReturn) {
      skip(Drop.BASE64);
    } else if (value == '\r') {
      isAfterCarriageReturn = true;
    } else {
      Drop wrong = assembly.add(value);
      if (wrong != null) {
        skip(wrong);
      }
    }
  }

  private void skip(Drop reason) {
    drop(reason);
    state = State.SKIP;
  }

  private void drop(Drop reason) {
    counters.count(reason);
    isAfterBadFrame = true;
  }

  private void endLine() {
    if (!assembly.isGroupComplete()) {
      drop(Drop.BASE64);
      state = assembly.isInLastGroup() ? State.TEXT : State.TAIL;
    } else if (!assembly.isComplete()) {
      state = State.BETWEEN;
    } else {
      state = State.TEXT;
      deliver();
    }
  }

  private void deliver() {
    if (assembly.isCrcValid()) {
      isAfterBadFrame = false;
      counters.countFrame();
      receiver.packet(assembly.buffer(), assembly.packetBytes());
    } else {
      drop(Drop.CRC);
    }
  }
}
