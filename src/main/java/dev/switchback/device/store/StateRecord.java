package dev.switchback.device.store;

import dev.switchback.format.FormatException;
import dev.switchback.format.ImageVersion;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code state}: six lines of text, specified in {@code weight-store.md}. Records of
 * version 1, with five lines, are read too.
 *
 * @param active the file that is slot 0
 * @param generation number of changes; starts from 0 again after a record is lost
 * @param highest the highest image under the version rule that was ever confirmed; null if none
 */
record StateRecord(SlotFile active, Swap swap, long generation, @Nullable Confirmed highest) {
  static final String FILE_NAME = "state";

  /** More than the length of any record. */
  static final int MAX_BYTES = 256;

  /** The record of a new device. */
  static final StateRecord FIRST = new StateRecord(SlotFile.A, Swap.NONE, 0, null);

  private static final Pattern TEXT =
      Pattern.compile(
          """
          switchback state (?:1|2)
          active ([ab])
          swap (none|test|permanent|revert)
          generation (0|[1-9][0-9]{0,17})
          (?:highest (none|[0-9.+]{5,25} [0-9a-f]{64})
          )?crc32 ([0-9a-f]{8})
          """);

  /**
   * An image that was confirmed.
   *
   * @param hash 64 hex digits
   */
  record Confirmed(ImageVersion version, String hash) {
    @Override
    public String toString() {
      return version + " " + hash;
    }
  }

  /** Returns the record after a change of state. */
  StateRecord next(Swap next, boolean exchanged) {
    return new StateRecord(exchanged ? active.other() : active, next, generation + 1, highest);
  }

  /** Returns a copy with another highest image. */
  StateRecord withHighest(Confirmed confirmed) {
    return new StateRecord(active, swap, generation, confirmed);
  }

  byte[] bytes() {
    String text =
        """
        switchback state 2
        active %s
        swap %s
        generation %d
        highest %s
        """
            .formatted(
                active.label(), swap.label(), generation, highest == null ? "none" : highest);
    return (text + "crc32 " + checksum(text) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  /**
   * @throws FormatException if the file is not a record
   */
  static StateRecord read(byte[] file) throws FormatException {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    Matcher fields = TEXT.matcher(text);
    if (!fields.matches()) {
      throw new FormatException(
          "state record: " + file.length + " bytes that are not the lines of version 1 or 2");
    }
    String body = text.substring(0, text.lastIndexOf("crc32 "));
    if (!checksum(body).equals(fields.group(5))) {
      throw new FormatException(
          "state record: crc32 is " + fields.group(5) + ", expected " + checksum(body));
    }
    boolean isVersion1 = body.startsWith("switchback state 1\n");
    if (isVersion1 != (fields.group(4) == null)) {
      throw new FormatException(
          "state record: the lines do not match the version in the first line");
    }
    return new StateRecord(
        fields.group(1).equals("a") ? SlotFile.A : SlotFile.B,
        Swap.valueOf(fields.group(2).toUpperCase(Locale.ROOT)),
        Long.parseLong(fields.group(3)),
        highest(fields.group(4)));
  }

  private static @Nullable Confirmed highest(@Nullable String text) throws FormatException {
    if (text == null || text.equals("none")) {
      return null;
    }
    int space = text.indexOf(' ');
    try {
      return new Confirmed(ImageVersion.parse(text.substring(0, space)), text.substring(space + 1));
    } catch (IllegalArgumentException e) {
      throw new FormatException("state record: highest: " + e.getMessage(), e);
    }
  }
}
