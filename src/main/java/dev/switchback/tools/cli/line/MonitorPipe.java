package dev.switchback.tools.cli.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.Clock;
import dev.switchback.tools.client.LaptopException;
import dev.switchback.tools.client.SocketAdvice;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.SocketLink;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Runs the shell of a device without a terminal. Sends each line after the next prompt, because the
 * shell ignores input while a command runs. Prints replies without control sequences.
 */
final class MonitorPipe {
  private static final byte[] INTERRUPT = {3};
  private static final String PROMPT = "switchback> ";

  /** Wait after a prompt: a redrawn line also begins with one, and its rest follows at once. */
  private static final long PROMPT_NANOS = 200_000_000;

  /** Maximum silence without a prompt, which {@code watch} never prints. */
  private static final long SILENCE_NANOS = 3_000_000_000L;

  /** Longer for the first prompt: after a frame the device is silent for 2 s plus its work. */
  private static final long FIRST_SILENCE_NANOS = 8_000_000_000L;

  /** Control sequences, carriage returns and bells. */
  private static final Pattern CONTROL = Pattern.compile("\033\\[[0-9;?]*[@-~]|\r|\007");

  private final ByteLink link;
  private final BufferedReader in;
  private final PrintWriter out;
  private final Clock clock;
  private final byte[] buffer = new byte[4096];

  MonitorPipe(ByteLink link, BufferedReader in, PrintWriter out, Clock clock) {
    this.link = link;
    this.in = in;
    this.out = out;
    this.clock = clock;
  }

  /**
   * Sends the input line by line until it ends.
   *
   * @throws LaptopException if nothing answers
   */
  void run() throws IOException {
    // Cancels a partial line or a running command; the reply is dropped.
    write(INTERRUPT);
    if (!isAnswered(FIRST_SILENCE_NANOS, text -> {})) {
      throw new LaptopException(
          LaptopException.Kind.NO_REPLY,
          link + " does not answer",
          link instanceof SocketLink
              ? SocketAdvice.of(link.toString())
              : "is the device running with this cable and baud rate?",
          null);
    }
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      write((line + "\r").getBytes(UTF_8));
      if (!isAnswered(SILENCE_NANOS, out::print)) {
        throw new LaptopException(LaptopException.Kind.NO_REPLY, link + " no longer answers");
      }
    }
    out.println();
  }

  private void write(byte[] bytes) throws LinkException {
    link.write(bytes, 0, bytes.length);
  }

  /**
   * Passes the reply on, line by line, until the prompt or the maximum silence.
   *
   * @return whether anything was received
   */
  private boolean isAnswered(long silenceNanos, Consumer<String> target) throws LinkException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean isAnswered = false;
    long heardNanos = clock.nanoTime();
    while (clock.nanoTime() - heardNanos < maxSilenceNanos(line, silenceNanos)) {
      int length = link.read(buffer);
      for (int i = 0; i < length; i++) {
        isAnswered = true;
        heardNanos = clock.nanoTime();
        line.write(buffer[i]);
        if (buffer[i] == '\n') {
          flush(line, target);
        }
      }
    }
    flush(line, target);
    return isAnswered;
  }

  private static long maxSilenceNanos(ByteArrayOutputStream line, long silenceNanos) {
    return plain(line).endsWith(PROMPT) ? PROMPT_NANOS : silenceNanos;
  }

  private void flush(ByteArrayOutputStream line, Consumer<String> target) {
    target.accept(plain(line));
    out.flush();
    line.reset();
  }

  private static String plain(ByteArrayOutputStream line) {
    return CONTROL.matcher(line.toString(UTF_8)).replaceAll("");
  }
}
