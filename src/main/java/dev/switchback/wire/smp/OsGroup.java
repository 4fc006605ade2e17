package dev.switchback.wire.smp;

import java.io.IOException;

/** Group 0: echo, reset, parameters and identity of the device. */
public final class OsGroup extends SmpGroup {
  /** Letters of the parts of the description, in the order of the answer. */
  public static final String LETTERS = "snrvbmpio";

  private static final int ECHO = 0;
  private static final int RESET = 5;
  private static final int PARAMETERS = 6;
  private static final int INFO = 7;
  private static final int BOOTLOADER = 8;

  private final OsPort port;
  private final int bufferBytes;
  private final int buffers;

  /**
   * The group.
   *
   * @param bufferBytes largest packet accepted
   * @param buffers number of packets that may be in flight
   */
  public OsGroup(OsPort port, int bufferBytes, int buffers) {
    super(0, "os mgmt", 5);
    this.port = port;
    this.bufferBytes = bufferBytes;
    this.buffers = buffers;
  }

  @Override
  public void handle(SmpRequest request, CborWriter answer) throws IOException {
    if (request.command() == ECHO) {
      answer.text("r", request.map().text("d", ""));
    } else if (request.isWrite(RESET)) {
      request.afterAnswer(port::reset);
    } else if (request.isRead(PARAMETERS)) {
      answer.number("buf_size", bufferBytes);
      answer.number("buf_count", buffers);
    } else if (request.isRead(INFO)) {
      answer.text("output", info(request.map().text("format", "s")));
    } else if (request.isRead(BOOTLOADER)) {
      bootloader(request.map(), answer);
    } else {
      throw request.notSupported();
    }
  }

  private String info(String format) throws SmpException {
    StringBuilder output = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      if (format.charAt(i) != 'a' && LETTERS.indexOf(format.charAt(i)) < 0) {
        throw new SmpException(GroupError.OS_INVALID_FORMAT, "no such part: " + format.charAt(i));
      }
    }
    for (int i = 0; i < LETTERS.length(); i++) {
      if (format.indexOf('a') >= 0 || format.indexOf(LETTERS.charAt(i)) >= 0) {
        output.append(output.isEmpty() ? "" : " ").append(port.info(LETTERS.charAt(i)));
      }
    }
    return output.toString();
  }

  private void bootloader(SmpMap request, CborWriter answer) throws IOException {
    if (request.has("query")) {
      throw new SmpException(GroupError.OS_NO_ANSWER, "no query of the bootloader is known");
    }
    answer.text("bootloader", port.bootloader());
  }
}
