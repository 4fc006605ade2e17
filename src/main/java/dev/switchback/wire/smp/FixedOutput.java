package dev.switchback.wire.smp;

import java.io.OutputStream;

/** A stream into one buffer that does not grow. */
final class FixedOutput extends OutputStream {
  private final byte[] buffer;
  private final byte[] one = new byte[1];
  private int length;
  private boolean isClosed;

  FixedOutput(int capacityBytes) {
    buffer = new byte[capacityBytes];
  }

  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  /** Begins anew behind that many bytes, which are written later. */
  void reopen(int reservedBytes) {
    length = reservedBytes;
    isClosed = false;
  }

  @Override
  public void write(int b) throws SmpException {
    one[0] = (byte) b;
    write(one, 0, 1);
  }

  /** Bytes that come after {@link #close} are dropped: the rest of a message given up. */
  @Override
  public void write(byte[] bytes, int from, int count) throws SmpException {
    if (isClosed) {
      return;
    }
    if (count > buffer.length - length) {
      throw new SmpException(
          SmpError.TOO_LONG,
          (length + count) + " bytes do not fit a buffer of " + buffer.length + " bytes");
    }
    System.arraycopy(bytes, from, buffer, length, count);
    length += count;
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
