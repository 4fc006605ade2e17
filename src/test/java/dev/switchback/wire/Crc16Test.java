package dev.switchback.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Crc16Test {
  @Test
  void checkValueOfTheCatalogue() {
    byte[] bytes = Received.latin1("123456789");
    assertEquals(0x31C3, Crc16.of(bytes, 0, 9));
    assertEquals(0, Crc16.of(bytes, 4, 0));
  }

  @Test
  void rangeAlone_counts() {
    assertEquals(0x31C3, Crc16.of(Received.latin1("ab123456789cd"), 2, 9));
  }

  @Test
  void bytesThatEndWithTheirCrc_giveZero_andNoSingleBitMayChange() {
    byte[] bytes = new byte[40];
    new SplittableRandom(1).nextBytes(bytes);
    int crc = Crc16.of(bytes, 0, 38);
    bytes[38] = (byte) (crc >> 8);
    bytes[39] = (byte) crc;
    assertEquals(0, Crc16.of(bytes, 0, 40));
    for (int bit = 0; bit < 8 * 40; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertEquals(false, Crc16.of(bytes, 0, 40) == 0, "bit " + bit);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }
}
