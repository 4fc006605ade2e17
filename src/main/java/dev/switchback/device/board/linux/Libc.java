package dev.switchback.device.board.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.stream.Stream;

/** Functions of the C library that Java has no other way to. Any thread. */
public final class Libc {
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private Libc() {}

  /**
   * A function that takes, before its own arguments, the segment for its error number.
   *
   * @param options besides that one
   */
  @SuppressWarnings("restricted")
  public static MethodHandle function(
      String name, FunctionDescriptor function, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        function,
        Stream.concat(Stream.of(Linker.Option.captureCallState("errno")), Stream.of(options))
            .toArray(Linker.Option[]::new));
  }

  /** What a function is called with first. */
  public static MemorySegment errno(Arena arena) {
    return arena.allocate(Linker.Option.captureStateLayout());
  }

  /** Of the last call with this segment that failed. */
  public static int errorNumber(MemorySegment errno) {
    return (int) ERRNO.get(errno, 0L);
  }
}
