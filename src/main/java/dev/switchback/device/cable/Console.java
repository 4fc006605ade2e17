package dev.switchback.device.cable;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchback.wire.Outlet;
import java.io.ByteArrayOutputStream;

/**
 * The person's side of the line. What is printed while an SMP client has the line waits until it is
 * free again. Cable thread.
 */
final class Console {
  /** More than any command prints; what comes on top while the line is not free is lost. */
  private static final int MAX_HELD = 64 << 10;

  private final Outlet outlet;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private boolean isFree = true;

  Console(Outlet outlet) {
    this.outlet = outlet;
  }

  /** Prints ASCII text; a line end goes out as CR LF. */
  void print(CharSequence text) {
    byte[] bytes = text.toString().replace("\r\n", "\n").replace("\n", "\r\n").getBytes(US_ASCII);
    write(bytes, 0, bytes.length);
  }

  /** Sends these bytes as they are. */
  void write(byte[] bytes, int offset, int length) {
    if (isFree) {
      outlet.send(bytes, offset, length);
    } else if (held.size() + length <= MAX_HELD) {
      held.write(bytes, offset, length);
    }
  }

  /** Whether the line is the person's. */
  void setFree(boolean free) {
    isFree = free;
    if (free && held.size() > 0) {
      byte[] bytes = held.toByteArray();
      held.reset();
      outlet.send(bytes, 0, bytes.length);
    }
  }

  /** Whether something waits until the line is free. */
  boolean isHolding() {
    return held.size() > 0;
  }

  /** Forgets what waits: the line it was for is gone. */
  void clear() {
    held.reset();
    isFree = true;
  }
}
