package dev.switchback;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Prints by lines, and keeps why it could not, which a {@link PrintWriter} alone forgets. */
public final class StandardOutput extends PrintWriter {
  private final Sink sink;

  /** Prints to the standard output of this process, in its character set. */
  public StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out), System.out.charset());
  }

  /** Prints to any stream. */
  public StandardOutput(OutputStream stream, Charset charset) {
    this(new Sink(stream), charset);
  }

  private StandardOutput(Sink sink, Charset charset) {
    super(new BufferedWriter(new OutputStreamWriter(sink, charset)), true);
    this.sink = sink;
  }

  /** What the first write ended with that failed; null if none did. */
  @Nullable IOException failure() {
    return sink.failure;
  }

  private static final class Sink extends OutputStream {
    private final OutputStream stream;
    private @Nullable IOException failure;

    Sink(OutputStream stream) {
      this.stream = stream;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        stream.write(bytes, offset, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }
  }
}
