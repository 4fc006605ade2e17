package dev.switchback.wire.serial;

import com.fazecast.jSerialComm.SerialPort;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.LinkException.Kind;

/** An open serial port. It has its own buffers, because the driver copies whole arrays. */
final class SerialLine implements ByteLink {
  private static final int CHUNK_BYTES = 4096;

  private final SerialPort port;
  private final String name;
  private final WriteGuard guard;
  private final byte[] received = new byte[CHUNK_BYTES];
  private final byte[] sent = new byte[CHUNK_BYTES];
  private volatile boolean isClosed;

  /**
   * @param port an open port; closed by {@link #close}
   */
  SerialLine(SerialPort port, String name, int baud) {
    this.port = port;
    this.name = name;
    this.guard = WriteGuard.start(name, CHUNK_BYTES, baud, this::close);
  }

  @Override
  public int read(byte[] buffer) throws LinkException {
    int count = port.readBytes(received, Math.min(buffer.length, CHUNK_BYTES));
    if (count < 0) {
      throw lost();
    }
    System.arraycopy(received, 0, buffer, 0, count);
    return count;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws LinkException {
    for (int done = 0; done < length; done += CHUNK_BYTES) {
      writeChunk(bytes, offset + done, Math.min(length - done, CHUNK_BYTES));
    }
  }

  private void writeChunk(byte[] bytes, int offset, int length) throws LinkException {
    System.arraycopy(bytes, offset, sent, 0, length);
    guard.begin();
    int count = port.writeBytes(sent, length);
    guard.end();
    if (count != length) {
      throw lost();
    }
  }

  private LinkException lost() {
    if (guard.hasClosed()) {
      return new LinkException(Kind.LOST, name + " takes no bytes: nothing reads at its other end");
    }
    return new LinkException(
        Kind.LOST, isClosed ? name + " was closed" : name + " is gone: plug its cable in again");
  }

  @Override
  public void close() {
    isClosed = true;
    port.closePort();
    guard.stop();
  }

  @Override
  public String toString() {
    return name;
  }
}
