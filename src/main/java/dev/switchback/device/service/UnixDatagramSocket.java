package dev.switchback.device.service;

import dev.switchback.device.board.linux.Libc;
import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * Sends datagrams to a local address, {@code /path} or {@code @abstract}. Any thread. It is never
 * closed, so that the last notification can be sent until the process exits.
 */
final class UnixDatagramSocket {
  // The same numbers on every 64-bit Linux that Java supports.
  private static final short AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;

  /** Size of {@code sun_path}; a path needs one byte for its terminating zero. */
  private static final int MAX_PATH_BYTES = 108;

  private static final AddressLayout POINTER = ValueLayout.ADDRESS;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;

  private static final MethodHandle SOCKET =
      Libc.function("socket", FunctionDescriptor.of(INT, INT, INT, INT));
  private static final MethodHandle SENDTO =
      Libc.function("sendto", FunctionDescriptor.of(SIZE, INT, POINTER, SIZE, INT, POINTER, INT));

  private final MemorySegment address;
  private final int descriptor;

  private UnixDatagramSocket(MemorySegment address, int descriptor) {
    this.address = address;
    this.descriptor = descriptor;
  }

  /**
   * Creates a socket. Whether anything listens is known only after the first message.
   *
   * @throws IOException if the address is of another kind, or the system refuses
   */
  static UnixDatagramSocket open(String address) throws IOException {
    MemorySegment encoded = encode(address);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = Libc.errno(arena);
      int descriptor = (int) SOCKET.invokeExact(errno, (int) AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      require(descriptor >= 0, "socket", errno);
      return new UnixDatagramSocket(encoded, descriptor);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e.toString(), e);
    }
  }

  /** {@code struct sockaddr_un}: the family, then the name; an abstract one begins with a zero. */
  private static MemorySegment encode(String address) throws IOException {
    if (address.length() < 2 || (address.charAt(0) != '/' && address.charAt(0) != '@')) {
      throw new IOException("/path or @name expected");
    }
    byte[] name = address.getBytes(StandardCharsets.UTF_8);
    int end = name[0] == '/' ? 1 : 0;
    if (name.length + end > MAX_PATH_BYTES) {
      throw new IOException("too long, at most " + (MAX_PATH_BYTES - end) + " bytes expected");
    }
    MemorySegment encoded = Arena.ofAuto().allocate(Short.BYTES + name.length + end, Short.BYTES);
    encoded.set(ValueLayout.JAVA_SHORT, 0, AF_UNIX);
    MemorySegment.copy(name, 0, encoded, ValueLayout.JAVA_BYTE, Short.BYTES, name.length);
    if (name[0] == '@') {
      encoded.set(ValueLayout.JAVA_BYTE, Short.BYTES, (byte) 0);
    }
    return encoded;
  }

  /**
   * Sends a datagram; blocks while the receiver has no room for it.
   *
   * @throws IOException if there is no receiver
   */
  void send(byte[] message) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = Libc.errno(arena);
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
      long sent =
          (long)
              SENDTO.invokeExact(
                  errno,
                  descriptor,
                  bytes,
                  bytes.byteSize(),
                  MSG_NOSIGNAL,
                  address,
                  (int) address.byteSize());
      require(sent == message.length, "sendto", errno);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e.toString(), e);
    }
  }

  private static void require(boolean fine, String call, MemorySegment errno) throws IOException {
    if (!fine) {
      throw new IOException(call + " failed (errno " + Libc.errorNumber(errno) + ")");
    }
  }
}
