package dev.switchback.device.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.store.StateRecord.Confirmed;
import dev.switchback.format.FormatException;
import dev.switchback.format.ImageVersion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateRecordTest {
  private static final Confirmed HIGHEST =
      new Confirmed(new ImageVersion(2, 0, 0, 3), "3f".repeat(32));

  private static final String TEXT =
      """
      switchback state 2
      active b
      swap revert
      generation 12
      highest 2.0.0+3 3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f
      crc32 10ea9971
      """;

  private static final Confirmed LONGEST =
      new Confirmed(new ImageVersion(255, 255, 65535, 4294967295L), "ff".repeat(32));

  private static final String VERSION_1 =
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
    StateRecord record = new StateRecord(SlotFile.B, Swap.REVERT, 12, HIGHEST);
    assertEquals(TEXT, new String(record.bytes(), StandardCharsets.US_ASCII));
    assertEquals(record, StateRecord.read(ascii(TEXT)));
  }

  @Test
  void aRecordOfVersion1IsReadToo() throws FormatException {
    assertEquals(
        new StateRecord(SlotFile.B, Swap.REVERT, 12, null), StateRecord.read(ascii(VERSION_1)));
  }

  @Test
  void everyRecordIsReadBack() throws FormatException {
    for (SlotFile active : SlotFile.values()) {
      for (Swap swap : Swap.values()) {
        for (long generation : new long[] {1, 9, 999_999_999_999_999_999L}) {
          for (Confirmed highest : new Confirmed[] {null, HIGHEST, LONGEST}) {
            StateRecord record = new StateRecord(active, swap, generation, highest);
            assertEquals(record, StateRecord.read(record.bytes()));
            assertTrue(record.bytes().length < StateRecord.MAX_BYTES);
          }
        }
      }
    }
  }

  @Test
  void everyFlippedBitIsFound() {
    for (String text : List.of(TEXT, VERSION_1)) {
      byte[] good = ascii(text);
      for (int bit = 0; bit < 8 * good.length; bit++) {
        byte[] bad = good.clone();
        bad[bit / 8] ^= (byte) (1 << (bit % 8));
        assertTrue(failure(bad).startsWith("state record: "));
      }
    }
  }

  @Test
  void everyTornAndEveryLongerRecordIsFound() {
    byte[] good = ascii(TEXT);
    for (int length = 0; length < good.length; length++) {
      byte[] torn = Arrays.copyOf(good, length);
      assertTrue(failure(torn).contains(length + " bytes that are not the lines of"));
    }
    failure(Arrays.copyOf(good, good.length + 1));
    failure(ascii(TEXT + "\n"));
    failure(ascii(TEXT.replace("12", "012")));
    failure(ascii(TEXT.replace("12", "0")));
    failure(ascii(TEXT.replace("state 2", "state 1")));
    failure(ascii(VERSION_1.replace("state 1", "state 2")));
    failure(ascii(TEXT.replace("state 2", "state 3")));
  }

  @Test
  void wrongChecksumNamesBoth() {
    assertEquals(
        "state record: crc32 is 908bfe00, expected 10ea9971",
        failure(ascii(TEXT.replace("10ea9971", "908bfe00"))));
  }
}
