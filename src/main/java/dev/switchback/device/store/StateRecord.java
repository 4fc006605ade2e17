package dev.switchback.device.store;

import dev.switchback.format.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The file {@code state}: five lines of text that {@code cat} shows, byte for byte as the page
 * {@code weight-store.md} has them.
 *
 * @param active the file that is slot 0
 * @param generation changes so far, from 0 again where a record was lost
 */
record StateRecord(SlotFile active, Swap swap, long generation) {
  static final String FILE_NAME = "state";

  /** More than any record has. */
  static final int MAX_BYTES = 128;

  /** What holds where there is no record yet. */
  static final StateRecord FIRST = new StateRecord(SlotFile.A, Swap.NONE, 0);

  private static final Pattern TEXT =
      Pattern.compile(
          """
          switchback state 1
          active ([ab])
          swap (none|test|permanent|revert)
          generation (0|[1-9][0-9]{0,17})
          crc32 ([0-9a-f]{8})
          """);

  /** The record one change later. */
  StateRecord next(Swap next, boolean exchanged) {
    return new StateRecord(exchanged ? active.other() : active, next, generation + 1);
  }

  byte[] bytes() {
    String text =
        "switchback state 1\nactive "
            + active.label()
            + "\nswap "
            + swap.label()
            + "\ngeneration "
            + generation
            + "\n";
    return (text + "crc32 " + checksum(text) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  /**
   * @throws FormatException if {@link #bytes} never wrote this
   */
  static StateRecord read(byte[] file) throws FormatException {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    Matcher fields = TEXT.matcher(text);
    if (!fields.matches()) {
      throw new FormatException(
          "state record: " + file.length + " bytes that are not its five lines of version 1");
    }
    StateRecord record =
        new StateRecord(
            fields.group(1).equals("a") ? SlotFile.A : SlotFile.B,
            Swap.valueOf(fields.group(2).toUpperCase(Locale.ROOT)),
            Long.parseLong(fields.group(3)));
    if (!Arrays.equals(record.bytes(), file)) {
      String expected = checksum(text.substring(0, text.lastIndexOf("crc32 ")));
      throw new FormatException(
          "state record: crc32 is " + fields.group(4) + ", expected " + expected);
    }
    return record;
  }
}
