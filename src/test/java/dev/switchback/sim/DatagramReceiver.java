package dev.switchback.sim;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Receives local datagrams on a libc socket. One thread receives. */
public final class DatagramReceiver implements AutoCloseable {
  private static final short AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final short POLLIN = 1;
  private static final int MAX_BYTES = 4096;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(MAX_BYTES);
  private final MemorySegment waited = arena.allocate(8, 4);
  private final MethodHandle poll =
      libc("poll", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, LONG, INT));
  private final MethodHandle recv =
      libc("recv", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG, INT));
  private final int descriptor;

  private DatagramReceiver(int descriptor) {
    this.descriptor = descriptor;
    waited.set(INT, 0, descriptor);
    waited.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
  }

  /**
   * Binds a socket to an address.
   *
   * @param address {@code /path} of a file that does not exist yet, or {@code @abstract}
   */
  public static DatagramReceiver bind(String address) throws IOException {
    byte[] name = address.getBytes(StandardCharsets.UTF_8);
    try (Arena call = Arena.ofConfined()) {
      MemorySegment encoded = call.allocate(2 + name.length, 2);
      encoded.set(ValueLayout.JAVA_SHORT, 0, AF_UNIX);
      MemorySegment.copy(name, 0, encoded, ValueLayout.JAVA_BYTE, 2, name.length);
      if (name[0] == '@') {
        encoded.set(ValueLayout.JAVA_BYTE, 2, (byte) 0);
      }
      int socket =
          (int)
              libc("socket", FunctionDescriptor.of(INT, INT, INT, INT))
                  .invokeExact((int) AF_UNIX, SOCK_DGRAM, 0);
      int bound =
          (int)
              libc("bind", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT))
                  .invokeExact(socket, encoded, (int) encoded.byteSize());
      if (bound != 0) {
        throw new IOException("cannot bind " + address);
      }
      return new DatagramReceiver(socket);
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  @SuppressWarnings("restricted") // Java has no Unix datagram sockets
  private static MethodHandle libc(String name, FunctionDescriptor function) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), function);
  }

  /** Returns the next datagram; null after a timeout. */
  public @Nullable String receive(int limitMillis) throws IOException {
    try {
      if ((int) poll.invokeExact(waited, 1L, limitMillis) <= 0) {
        return null;
      }
      long size = (long) recv.invokeExact(descriptor, buffer, (long) MAX_BYTES, 0);
      byte[] bytes = buffer.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    try {
      int closed = (int) libc("close", FunctionDescriptor.of(INT, INT)).invokeExact(descriptor);
      assert closed == 0;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    arena.close();
  }
}
