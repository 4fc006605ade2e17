package dev.switchback;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where this process writes: perhaps to a terminal, which has a size and colours. */
public enum StandardStream {
  OUTPUT(1),
  ERROR(2);

  /** The classic size, for terminals that do not tell theirs. */
  private static final Size CLASSIC = new Size(80, 24);

  private final int descriptor;

  StandardStream(int descriptor) {
    this.descriptor = descriptor;
  }

  /** Of a terminal, in characters. */
  public record Size(int columns, int rows) {}

  /** Whether a terminal shows what is written. */
  public boolean isTerminal() {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      // Not Linux: there Java tells of input and output together.
      return ProgressLine.isTerminal();
    }
  }

  /** Whether it is a terminal with colours, and nobody asked for none: see no-color.org. */
  public boolean hasColour() {
    return wantsColour(System.getenv()) && isTerminal();
  }

  static boolean wantsColour(Map<String, String> environment) {
    String terminal = environment.getOrDefault("TERM", "dumb");
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !terminal.isEmpty()
        && !terminal.equals("dumb");
  }

  /** Of the terminal as it is now. */
  public Size size() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(JAVA_SHORT, 4);
      MethodHandle ioctl = WindowSize.IOCTL;
      if (ioctl == null || (int) ioctl.invokeExact(descriptor, WindowSize.REQUEST, size) != 0) {
        return CLASSIC;
      }
      int rows = size.getAtIndex(JAVA_SHORT, 0);
      int columns = size.getAtIndex(JAVA_SHORT, 1);
      return rows <= 0 || columns <= 0 ? CLASSIC : new Size(columns, rows);
    } catch (Throwable e) {
      throw new LinkageError("ioctl", e);
    }
  }

  /** TIOCGWINSZ of the C library, where there is one. */
  @SuppressWarnings("restricted") // the scripts and the manifest allow it
  private static final class WindowSize {
    static final long REQUEST =
        System.getProperty("os.name").startsWith("Mac") ? 0x40087468L : 0x5413L;

    static final @Nullable MethodHandle IOCTL =
        Linker.nativeLinker()
            .defaultLookup()
            .find("ioctl")
            .map(function ->
                Linker.nativeLinker()
                    .downcallHandle(
                        function,
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                        Linker.Option.firstVariadicArg(2)))
            .orElse(null);
  }
}
