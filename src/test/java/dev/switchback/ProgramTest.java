package dev.switchback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ProgramTest {
  private final StringWriter said = new StringWriter();
  private final PrintWriter err = new PrintWriter(said, true);

  /** What is behind it takes nothing. */
  private static PrintWriter full(String reason) {
    return new StandardOutput(
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(reason);
          }
        },
        UTF_8);
  }

  @Test
  void whatIsWrittenArrives() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StandardOutput out = new StandardOutput(bytes, UTF_8);
    out.print("grün");
    assertEquals(0, Program.end(0, out, err));
    assertEquals("grün", bytes.toString(UTF_8));
    assertNull(out.failure());
    assertEquals("", said.toString());
  }

  @Test
  void aSuccessThatCouldNotBeWrittenIsNone() {
    PrintWriter out = full("No space left on device");
    out.println("0110");
    assertEquals(1, Program.end(0, out, err));
    assertEquals(
        "switchback: standard output could not be written: No space left on device\n",
        said.toString());
  }

  @Test
  void theLastBytesCountToo() {
    PrintWriter out = full("No space left on device");
    out.print("not yet flushed");
    assertEquals(1, Program.end(0, out, err));
  }

  @Test
  void whatFailedBeforeKeepsItsCode_andAClosedPipeHearsNothing() {
    PrintWriter out = full("Broken pipe");
    out.println("0110");
    assertEquals(5, Program.end(5, out, err));
    assertEquals(1, Program.end(0, out, err));
    assertEquals("", said.toString());
  }

  private String explained(int exitCode, Exception exception) {
    said.getBuffer().setLength(0);
    assertEquals(exitCode, Program.explain(exception, err).exitCode());
    return said.toString();
  }

  @Test
  void troubleOfTheSystemIsOneLine() {
    assertEquals(
        "switchback: no such file or directory: a/b\n",
        explained(ExitCode.USAGE.code(), new NoSuchFileException("a/b")));
    String denied = explained(ExitCode.PERMISSION.code(), new AccessDeniedException("/"));
    assertTrue(
        denied.startsWith("switchback: /: permission denied; this program runs as "), denied);
    assertTrue(denied.endsWith("; have its owner give you the right, or name a copy of yours\n"));
    assertEquals(
        "switchback: a is a directory\n",
        explained(ExitCode.USAGE.code(), new FileSystemException("a", null, "is a directory")));
    assertEquals(
        "switchback: a: Read-only file system\n",
        explained(
            ExitCode.USAGE.code(), new FileSystemException("a", null, "Read-only file system")));
    assertEquals(
        "switchback: the system says: Input/output error\n",
        explained(ExitCode.INTERNAL.code(), new IOException("Input/output error")));
    assertEquals(
        "switchback: no; do this\n",
        explained(ExitCode.BUSY.code(), new Refusal(ExitCode.BUSY, "no", "do this")));
  }

  @Test
  void aMistakeOfOursIsToldAsAWhole() {
    String text = explained(ExitCode.INTERNAL.code(), new IllegalStateException("never"));
    assertTrue(text.startsWith("java.lang.IllegalStateException: never\n\tat "), text);
    assertTrue(text.endsWith("internal error; please report it with the lines above\n"), text);
  }
}
