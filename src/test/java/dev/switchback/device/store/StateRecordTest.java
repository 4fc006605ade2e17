package dev.switchback.device.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.format.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StateRecordTest {
  private static final String TEXT =
      """
      switchback state 1
      active b
      swap revert
      generation 12
      crc32 908bfe09
      """;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String failure(byte[] file) {
    return String.valueOf(
        assertThrows(FormatException.class, () -> StateRecord.read(file)).getMessage());
  }

  @Test
  void recordIsTheTextOfThePage() throws FormatException {
    StateRecord record = new StateRecord(SlotFile.B, Swap.REVERT, 12);
    assertEquals(TEXT, new String(record.bytes(), StandardCharsets.US_ASCII));
    assertEquals(record, StateRecord.read(ascii(TEXT)));
  }

  @Test
  void everyRecordIsReadBack() throws FormatException {
    for (SlotFile active : SlotFile.values()) {
      for (Swap swap : Swap.values()) {
        for (long generation : new long[] {1, 9, 999_999_999_999_999_999L}) {
          StateRecord record = new StateRecord(active, swap, generation);
          assertEquals(record, StateRecord.read(record.bytes()));
          assertTrue(record.bytes().length < StateRecord.MAX_BYTES);
        }
      }
    }
  }

  @Test
  void everyFlippedBitIsFound() {
    byte[] good = ascii(TEXT);
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertTrue(failure(bad).startsWith("state record: "));
    }
  }

  @Test
  void everyTornAndEveryLongerRecordIsFound() {
    byte[] good = ascii(TEXT);
    for (int length = 0; length < good.length; length++) {
      byte[] torn = Arrays.copyOf(good, length);
      assertTrue(failure(torn).contains(length + " bytes that are not its five lines"));
    }
    failure(Arrays.copyOf(good, good.length + 1));
    failure(ascii(TEXT + "\n"));
    failure(ascii(TEXT.replace("12", "012")));
    failure(ascii(TEXT.replace("12", "0")));
    failure(ascii(TEXT.replace("state 1", "state 2")));
  }

  @Test
  void wrongChecksumNamesBoth() {
    assertEquals(
        "state record: crc32 is 908bfe00, expected 908bfe09",
        failure(ascii(TEXT.replace("908bfe09", "908bfe00"))));
  }
}
