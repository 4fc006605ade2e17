package dev.switchback.wire.smp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CborWriterTest {
  private static final SmpHeader HEADER = SmpHeader.request(SmpHeader.WRITE, 1, 2, 3);

  private final CborWriter writer = new CborWriter(64);

  private String finish() throws IOException {
    int length = writer.finish(HEADER);
    return HexFormat.of().formatHex(writer.buffer(), 0, length);
  }

  @Test
  void definiteMapsHaveTheLengthTheyWereOpenedWith() throws IOException {
    writer.begin(2);
    writer.number("off", 300);
    writer.list("l", 2);
    writer.text("a");
    writer.number(-1);
    writer.end();
    assertEquals("0a00000e00010302" + "a2" + "636f666619012c" + "616c82616120", finish());
  }

  @Test
  void indefiniteMapsEndWithABreak() throws IOException {
    writer.begin();
    writer.flag("f", true);
    writer.list("l");
    writer.map();
    writer.real("x", 1.5);
    writer.end();
    writer.real(0.1);
    writer.end();
    writer.bytes("b", new byte[] {1, 2, 3}, 1, 2);
    assertEquals(
        "0a00002000010302"
            + "bf6166f5"
            + ("616c9f" + "bf6178fa3fc00000ff" + "fb3fb999999999999a" + "ff")
            + "6162420203ff",
        finish());
  }

  @Test
  void anErrorOfAGroupNamesTheGroup() throws IOException {
    writer.begin();
    writer.error(GroupError.FILE_NOT_FOUND);
    assertEquals("0a00001300010302" + "bf63657272bf6567726f75700862726303ffff", finish());
  }

  @Test
  void aPacketThatIsGivenUpLeavesNothing() throws IOException {
    writer.begin();
    writer.text("t", "x".repeat(50));
    writer.begin();
    assertEquals("0a00000200010302bfff", finish());
  }

  @Test
  void aPacketMayFillTheBufferButNotMore() throws IOException {
    int most = 64 - SmpHeader.BYTES - "bf6162582dff".length() / 2;
    writer.begin();
    writer.bytes("b", new byte[most]);
    assertEquals(64, writer.finish(HEADER));
    writer.begin();
    writer.bytes("b", new byte[most + 1]);
    SmpException e = assertThrows(SmpException.class, () -> writer.finish(HEADER));
    assertEquals(SmpError.TOO_LONG, e.error());
    writer.begin();
    assertEquals("0a00000200010302bfff", finish());
  }

  @Test
  void aPacketFarTooLongIsRefusedToo() throws IOException {
    writer.begin();
    assertThrows(
        SmpException.class,
        () -> {
          writer.bytes("b", new byte[100_000]);
          writer.finish(HEADER);
        });
    writer.begin();
    assertEquals("0a00000200010302bfff", finish());
  }

  @Test
  void roomShrinksByWhatIsWritten() throws IOException {
    writer.begin();
    assertEquals(64 - SmpHeader.BYTES - 1, writer.remainingBytes());
    writer.text("t", "abc");
    assertEquals(64 - SmpHeader.BYTES - 1 - 6, writer.remainingBytes());
  }

  @Test
  void halfOfASurrogatePairIsReplaced() throws IOException {
    writer.begin();
    writer.text("t", "a\ud800b");
    assertEquals("a\ufffdb", SmpMap.read(writer.buffer(), 8, writer.finish(HEADER) - 8).text("t"));
  }

  @Test
  void nothingIsWrittenBeforeBegin() {
    assertThrows(IllegalStateException.class, () -> writer.number("n", 1));
  }
}
