package dev.switchback;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** What a program of ours does at its edge, whichever it is. */
public final class Program {
  private Program() {}

  /** A failure that knows what a program ends with that meets it. */
  public interface Failure {
    /** What happened and what mends it. */
    @Nullable String getMessage();

    /** See {@link ExitCode}. */
    int exitCode();
  }

  /** Prints by lines, in the character set of the stream. */
  public static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  /**
   * Says in one line why a program cannot go on; what nobody foresaw is told as a whole.
   *
   * @return the {@link ExitCode}
   */
  public static int explain(Exception failure, PrintWriter err) {
    return switch (failure) {
      case Failure known -> say(err, known.getMessage(), known.exitCode());
      case AccessDeniedException denied ->
          say(err, "no permission for " + denied.getFile(), ExitCode.PERMISSION);
      case NoSuchFileException missing ->
          say(err, "no such file or directory: " + missing.getFile(), ExitCode.USAGE);
      case FileSystemException file -> say(err, file.getMessage(), ExitCode.INTERNAL);
      default -> {
        failure.printStackTrace(err);
        yield say(err, "internal error; please report it with the lines above", ExitCode.INTERNAL);
      }
    };
  }

  private static int say(PrintWriter err, @Nullable String message, int exitCode) {
    err.println("switchback: " + message);
    return exitCode;
  }
}
