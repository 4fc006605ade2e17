package dev.switchback.device.cable;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchback.wire.ByteSink;
import java.io.ByteArrayOutputStream;

/**
 * Output to a person on the line. While an SMP client has the line, output is held until the line
 * is free. Session's thread.
 */
final class Console {
  /** More than any command prints; output beyond it is dropped while the line is not free. */
  private static final int MAX_HELD = 64 << 10;

  private final ByteSink output;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private boolean isFree = true;

  Console(ByteSink output) {
    this.output = output;
  }

  /** Prints ASCII text with line ends as CR LF. */
  void print(CharSequence text) {
    byte[] bytes = text.toString().replace("\r\n", "\n").replace("\n", "\r\n").getBytes(US_ASCII);
    write(bytes, 0, bytes.length);
  }

  /** Sends the bytes unchanged. */
  void write(byte[] bytes, int offset, int length) {
    if (isFree) {
      output.send(bytes, offset, length);
    } else if (held.size() + length <= MAX_HELD) {
      held.write(bytes, offset, length);
    }
  }

  /** Sets whether the line is free; if it is, sends the held output. */
  void setFree(boolean free) {
    isFree = free;
    if (free && held.size() > 0) {
      byte[] bytes = held.toByteArray();
      held.reset();
      output.send(bytes, 0, bytes.length);
    }
  }

  /** Whether output is held. */
  boolean isHolding() {
    return held.size() > 0;
  }

  /** Discards held output, because its line is gone. */
  void clear() {
    held.reset();
    isFree = true;
  }
}
