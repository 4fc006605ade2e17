package dev.switchback.wire.smp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Group 9: the commands of the shell. */
public final class ShellGroup extends SmpGroup {
  private static final int EXECUTE = 0;

  /** Bytes of field names, the number, lengths and ends. */
  private static final int BYTES_BESIDE_TEXT = 24;

  private final ShellPort port;
  private final int maxLineLength;

  /**
   * The group.
   *
   * @param maxLineLength longest command, in characters, with a space between words
   */
  public ShellGroup(ShellPort port, int maxLineLength) {
    super(9, "shell mgmt", 1);
    this.port = port;
    this.maxLineLength = maxLineLength;
  }

  @Override
  public void handle(SmpRequest request, CborWriter answer) throws IOException {
    if (!request.isWrite(EXECUTE)) {
      throw request.notSupported();
    }
    List<String> words = request.map().leadingTexts("argv");
    if (words.isEmpty()) {
      throw new SmpException(GroupError.SHELL_EMPTY, "no command");
    }
    if (String.join(" ", words).length() > maxLineLength) {
      throw new SmpException(
          GroupError.SHELL_TOO_LONG, "a command has at most " + maxLineLength + " characters");
    }
    StringBuilder out = new StringBuilder();
    int result = port.execute(words, out);
    answer.text("o", cut(out, answer.remainingBytes() - BYTES_BESIDE_TEXT));
    answer.number("ret", result);
  }

  /** Returns the longest prefix of a text with at most {@code maxBytes} bytes of UTF-8. */
  static String cut(CharSequence text, int maxBytes) {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    int end = Math.min(maxBytes, bytes.length);
    while (end < bytes.length && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
