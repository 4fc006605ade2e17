package dev.switchback.wire.serial;

import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.Port;

/**
 * A serial port by its path: 8 data bits, no parity, 1 stop bit, no flow control. A path that is a
 * link, such as those below {@code /dev/serial/by-id}, is followed anew at each opening.
 */
public final class SerialPort implements Port {
  private final String path;
  private final int baud;
  private final ControlLines lines;
  private final int readMillis;

  /** A port whose control lines opening leaves as the system has them. */
  public SerialPort(String path, int baud) {
    this(path, baud, ControlLines.LEFT_ALONE, ByteLink.POLL_MILLIS);
  }

  /** A port. */
  public SerialPort(String path, int baud, ControlLines lines) {
    this(path, baud, lines, ByteLink.POLL_MILLIS);
  }

  /**
   * A port.
   *
   * @param path as the system names it: {@code /dev/ttyUSB0}, or {@code COM3}
   * @param readMillis how long a reading waits for the first byte: 100 to 25,000, in steps of 100
   * @throws IllegalArgumentException if the baud rate is out of range
   */
  public SerialPort(String path, int baud, ControlLines lines, int readMillis) {
    if (baud < MIN_BAUD || baud > MAX_BAUD) {
      throw new IllegalArgumentException(
          "baud rate " + baud + ": " + MIN_BAUD + " to " + MAX_BAUD + " expected");
    }
    this.path = path;
    this.baud = baud;
    this.lines = lines;
    this.readMillis = readMillis;
  }

  @Override
  public ByteLink open() throws LinkException {
    NativeLibrary.load();
    com.fazecast.jSerialComm.SerialPort port = named();
    port.setComPortParameters(
        baud,
        8,
        com.fazecast.jSerialComm.SerialPort.ONE_STOP_BIT,
        com.fazecast.jSerialComm.SerialPort.NO_PARITY);
    port.setFlowControl(com.fazecast.jSerialComm.SerialPort.FLOW_CONTROL_DISABLED);
    // Of the modes that poll this one alone leaves a write blocking; others spin on a full line.
    port.setComPortTimeouts(
        com.fazecast.jSerialComm.SerialPort.TIMEOUT_READ_SEMI_BLOCKING, readMillis, 0);
    set(port);
    if (!port.openPort(0)) {
      throw OpenFailure.of(path, port.getLastErrorCode());
    }
    return new SerialLine(port, path, baud);
  }

  /** Told beforehand, it holds from the opening on. */
  private void set(com.fazecast.jSerialComm.SerialPort port) {
    if (lines.dtr() != null || lines.rts() != null) {
      port.setDTRandRTS(!Boolean.FALSE.equals(lines.dtr()), !Boolean.FALSE.equals(lines.rts()));
    }
  }

  private com.fazecast.jSerialComm.SerialPort named() throws LinkException {
    try {
      return com.fazecast.jSerialComm.SerialPort.getCommPort(path);
    } catch (SerialPortInvalidPortException e) {
      throw OpenFailure.missing(path, e);
    }
  }

  @Override
  public String toString() {
    return path;
  }
}
