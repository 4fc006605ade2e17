package dev.switchback.wire.smp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SmpHeaderTest {
  private static SmpHeader header(String hex) {
    return SmpHeader.read(HexFormat.of().parseHex(hex), 0);
  }

  private static String hex(SmpHeader header) {
    byte[] bytes = new byte[SmpHeader.BYTES + 2];
    header.write(bytes, 1);
    assertEquals(0, bytes[0] | bytes[9]);
    return HexFormat.of().formatHex(bytes, 1, 9);
  }

  @Test
  void aRequestIsWrittenAsTheSpecificationSays() {
    assertEquals("0a00000000080014", hex(SmpHeader.request(SmpHeader.WRITE, 8, 0x14, 0)));
    assertEquals("0800ffffffffffff", hex(new SmpHeader(0, 1, 65535, 65535, 255, 255)));
  }

  @Test
  void whatIsWrittenIsRead() {
    for (int operation = 0; operation < 8; operation++) {
      for (int version = 0; version < 4; version++) {
        SmpHeader header = new SmpHeader(operation, version, 0x8182, 0x8384, 0x85, 0x86);
        assertEquals(header, header(hex(header)));
      }
    }
  }

  @Test
  void flagsAndReservedBitsAreIgnored() {
    assertEquals(header("0a00000100050607"), header("eaff000100050607"));
  }

  @Test
  void anAnswerBelongsToItsRequestAlone() {
    SmpHeader request = SmpHeader.request(SmpHeader.READ, 1, 2, 3);
    assertTrue(header("0900000000010302").answers(request));
    assertFalse(header("0b00000000010302").answers(request), "of a write");
    assertFalse(header("0900000000020302").answers(request), "of another group");
    assertFalse(header("0900000000010402").answers(request), "of another sequence");
    assertFalse(header("0900000000010303").answers(request), "of another command");
    assertFalse(request.answers(request), "the request itself");
  }

  @Test
  void anAnswerToALaterVersionIsInTheLatestKnown() {
    byte[] answer = new byte[SmpHeader.BYTES];
    header("1800000100001206").answer().write(answer, 0);
    assertArrayEquals(HexFormat.of().parseHex("0900000000001206"), answer);
  }
}
