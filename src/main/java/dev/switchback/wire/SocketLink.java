package dev.switchback.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.switchback.wire.LinkException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One end of a UNIX socket. A write that gets no byte away for {@value #WRITE_MILLIS} ms, because
 * the other end does not read, closes the line. Any thread may write while another reads.
 */
public final class SocketLink implements ByteLink {
  /** Begins the line of text with which a server refuses a guest. */
  public static final String NO_PLACE = "no place for another guest";

  private static final int WRITE_MILLIS = 3000;
  private static final int MAX_REFUSAL = 256;

  private final SocketChannel channel;
  private final String name;
  private final Selector readable;
  private final Selector writable;

  /** Whether the first bytes may yet refuse this end. */
  private volatile boolean mayBeRefused;

  private volatile @Nullable LinkException refusal;

  private SocketLink(
      SocketChannel channel, String name, boolean isGuest, Selector readable, Selector writable) {
    this.channel = channel;
    this.name = name;
    this.mayBeRefused = isGuest;
    this.readable = readable;
    this.writable = writable;
  }

  /**
   * The end of the server: takes over a connected channel, and closes it if that fails.
   *
   * @param name of the socket, for people
   */
  public static SocketLink of(SocketChannel channel, String name) throws LinkException {
    return of(channel, name, false);
  }

  /** The end of a guest: fails with BUSY and what the server says where it has no place. */
  static SocketLink ofGuest(SocketChannel channel, String name) throws LinkException {
    return of(channel, name, true);
  }

  private static SocketLink of(SocketChannel channel, String name, boolean isGuest)
      throws LinkException {
    try {
      channel.configureBlocking(false);
      return new SocketLink(
          channel,
          name,
          isGuest,
          selector(channel, SelectionKey.OP_READ),
          selector(channel, SelectionKey.OP_WRITE));
    } catch (IOException e) {
      close(channel);
      throw new LinkException(Kind.OTHER, name + ": " + e.getMessage(), e);
    }
  }

  private static Selector selector(SocketChannel channel, int operation) throws IOException {
    Selector selector = Selector.open();
    channel.register(selector, operation);
    return selector;
  }

  @Override
  public int read(byte[] buffer) throws LinkException {
    return read(buffer, POLL_MILLIS);
  }

  /**
   * The same with a waiting time of its own.
   *
   * @param waitMillis 0 for no limit
   */
  public int read(byte[] buffer, int waitMillis) throws LinkException {
    int count = receive(ByteBuffer.wrap(buffer), waitMillis);
    if (count < 0) {
      throw lost(" was closed at its other end", null);
    }
    if (count > 0) {
      requirePlace(buffer, count);
    }
    return count;
  }

  private int receive(ByteBuffer target, int waitMillis) throws LinkException {
    try {
      int count = channel.read(target);
      if (count == 0) {
        await(readable, waitMillis);
        count = channel.read(target);
      }
      return count;
    } catch (IOException | ClosedSelectorException e) {
      throw lost(e);
    }
  }

  /** Looks at the first bytes: only they may be a refusal. */
  private void requirePlace(byte[] bytes, int count) throws LinkException {
    if (!mayBeRefused) {
      return;
    }
    mayBeRefused = false;
    String text =
        new String(bytes, 0, Math.min(count, MAX_REFUSAL), ISO_8859_1)
            .strip()
            .replaceAll("[^ -~]", "?");
    if (text.startsWith(NO_PLACE)) {
      refusal =
          new LinkException(Kind.BUSY, name + ": " + text, "try again once one has left", null);
      throw refusal;
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws LinkException {
    ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
    try {
      while (source.hasRemaining()) {
        if (channel.write(source) == 0 && !await(writable, WRITE_MILLIS)) {
          close();
          throw new LinkException(
              Kind.LOST, name + " takes no bytes: nothing reads at its other end");
        }
      }
    } catch (IOException | ClosedSelectorException e) {
      if (e instanceof LinkException stuck) {
        throw stuck;
      }
      readRefusal();
      throw lost(e);
    }
  }

  /** What a server says before it closes the line can still be read when a write fails. */
  private void readRefusal() throws LinkException {
    byte[] text = new byte[MAX_REFUSAL];
    int count = mayBeRefused ? receive(ByteBuffer.wrap(text), 1) : 0;
    if (count > 0) {
      requirePlace(text, count);
    }
  }

  /** Returns whether the channel is ready; not after the waiting time. */
  private static boolean await(Selector selector, int millis) throws IOException {
    int ready = selector.select(millis);
    selector.selectedKeys().clear();
    if (Thread.currentThread().isInterrupted()) {
      throw new ClosedChannelException(); // No wait would end at its time any more.
    }
    return ready > 0;
  }

  private LinkException lost(Exception cause) {
    return lost(channel.isOpen() ? " is gone: " + cause.getMessage() : " was closed", cause);
  }

  private LinkException lost(String what, @Nullable Exception cause) {
    LinkException told = refusal;
    return told == null ? new LinkException(Kind.LOST, name + what, cause) : told;
  }

  @Override
  public void close() {
    close(channel);
    close(readable);
    close(writable);
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      // Nothing of it is used any more.
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
