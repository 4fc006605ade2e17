package dev.switchback.device.board.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.stream.Stream;

/** Calls functions of the C library that Java does not offer. Any thread. */
public final class Libc {
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private Libc() {}

  /**
   * Returns a handle of a function; its first argument is the segment for the error number. A call
   * allocates memory on the heap until C2 has compiled it.
   *
   * @param options further options
   */
  public static MethodHandle function(
      String name, FunctionDescriptor function, Linker.Option... options) {
    return plain(
        name,
        function,
        Stream.concat(Stream.of(Linker.Option.captureCallState("errno")), Stream.of(options))
            .toArray(Linker.Option[]::new));
  }

  /**
   * Returns a handle of a function that does not tell the error number. A call allocates nothing if
   * all arguments are primitive, so addresses are passed as {@code long}.
   */
  @SuppressWarnings("restricted")
  static MethodHandle plain(String name, FunctionDescriptor function, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), function, options);
  }

  /** Allocates the segment for the error number. */
  public static MemorySegment errno(Arena arena) {
    return arena.allocate(Linker.Option.captureStateLayout());
  }

  /** Returns the error number of the last failed call with this segment. */
  public static int errorNumber(MemorySegment errno) {
    return (int) ERRNO.get(errno, 0L);
  }
}
