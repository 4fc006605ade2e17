package dev.switchback;

import java.io.IOException;
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
    /** What happened and what fixes it, in one line. */
    @Nullable String getMessage();

    /** See {@link ExitCode}. */
    int exitCode();

    /** What happened, and where. */
    default String what() {
      return String.valueOf(getMessage());
    }

    /** What fixes it, where that is told apart; else null. */
    default @Nullable String fix() {
      return null;
    }
  }

  /** Prints by lines, in the character set of the stream. */
  public static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  static String sentence(String what, @Nullable String fix) {
    return fix == null ? what : what + "; " + fix;
  }

  /**
   * Says in one line why a program cannot go on; what nobody foresaw is told as a whole.
   *
   * @return the same for programs
   */
  public static Failure explain(Exception exception, PrintWriter err) {
    Failure failure = failure(exception);
    if (failure == null) {
      exception.printStackTrace(err);
      failure =
          new Refusal(ExitCode.INTERNAL, "internal error", "please report it with the lines above");
    }
    err.println(prefix() + failure.getMessage());
    return failure;
  }

  /** The trouble that an exception stands for; null if it is a mistake of this program. */
  private static @Nullable Failure failure(Exception exception) {
    return switch (exception) {
      case Failure known -> known;
      case AccessDeniedException denied ->
          new Refusal(
              ExitCode.PERMISSION,
              FileTrouble.named(denied),
              "have its owner give you the right, or name a copy of yours",
              denied);
      case NoSuchFileException missing ->
          new Refusal(ExitCode.USAGE, "no such file or directory: " + missing.getFile(), missing);
      case FileSystemException file -> new Refusal(ExitCode.USAGE, FileTrouble.named(file), file);
      case IOException system ->
          new Refusal(ExitCode.INTERNAL, "the system says: " + system.getMessage(), system);
      default -> null;
    };
  }

  /**
   * What a program ends with that is done. It says so if its output could not be written; whoever
   * closed a pipe does not want to hear it.
   *
   * @return the {@link ExitCode}, which is never {@link ExitCode#OK} then
   */
  public static int end(int exitCode, PrintWriter out, PrintWriter err) {
    if (!out.checkError()) {
      return exitCode;
    }
    IOException cause = out instanceof StandardOutput standard ? standard.failure() : null;
    String reason = cause == null ? "" : String.valueOf(cause.getMessage());
    if (!reason.equals("Broken pipe")) {
      err.println(
          prefix()
              + "standard output could not be written"
              + (reason.isEmpty() ? "" : ": " + reason));
    }
    return exitCode == ExitCode.OK.code() ? ExitCode.INTERNAL.code() : exitCode;
  }

  /** What every error begins with, red on a terminal. */
  public static String prefix() {
    String name = "switchback:";
    return (StandardStream.ERROR.hasColour() ? "\033[31m" + name + "\033[m" : name) + " ";
  }
}
