package dev.switchback.wire;

import dev.switchback.wire.LinkException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One end of a UNIX socket. A write that gets no byte away for {@value #WRITE_MILLIS} ms, because
 * the other end does not read, closes the line.
 */
public final class SocketLink implements ByteLink {
  private static final int WRITE_MILLIS = 3000;

  private final SocketChannel channel;
  private final String name;
  private final Selector readable;
  private final Selector writable;

  private SocketLink(SocketChannel channel, String name, Selector readable, Selector writable) {
    this.channel = channel;
    this.name = name;
    this.readable = readable;
    this.writable = writable;
  }

  /**
   * Takes over a connected channel, and closes it if that fails.
   *
   * @param name of the socket, for people
   */
  public static SocketLink of(SocketChannel channel, String name) throws LinkException {
    try {
      channel.configureBlocking(false);
      return new SocketLink(
          channel,
          name,
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
    ByteBuffer target = ByteBuffer.wrap(buffer);
    try {
      int count = channel.read(target);
      if (count == 0) {
        await(readable, waitMillis);
        count = channel.read(target);
      }
      if (count >= 0) {
        return count;
      }
    } catch (IOException | ClosedSelectorException e) {
      throw lost(e);
    }
    throw new LinkException(Kind.LOST, name + " was closed at its other end");
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
      throw e instanceof LinkException stuck ? stuck : lost(e);
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
    String what = channel.isOpen() ? " is gone: " + cause.getMessage() : " was closed";
    return new LinkException(Kind.LOST, name + what, cause);
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
