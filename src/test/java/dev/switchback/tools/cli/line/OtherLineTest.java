package dev.switchback.tools.cli.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.PtyPair;
import dev.switchback.tools.CommandLineRun;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.FrameEncoder;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.serial.SerialPort;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines that something else than a device is on. */
@Tag("slow")
@Timeout(60)
class OtherLineTest {
  @TempDir private Path directory;

  /** Something that says the same to whatever comes. */
  private static void babble(ByteLink link, byte[] words) {
    byte[] buffer = new byte[1000];
    try {
      while (true) {
        if (link.read(buffer) > 0) {
          link.write(words, 0, words.length);
        }
      }
    } catch (LinkException e) {
      // The test is over.
      link.close();
    }
  }

  private void assertTold(int exitCode, String message, String words) throws IOException {
    try (PtyPair cable = PtyPair.open(directory);
        ByteLink link = new SerialPort(cable.one().toString(), 115_200).open()) {
      Thread.ofPlatform().daemon().start(() -> babble(link, words.getBytes(US_ASCII)));
      CommandLineRun run = CommandLineRun.of("status", "--port", cable.other().toString());
      assertEquals(exitCode, run.exitCode(), run.err());
      assertTrue(run.err().contains(message), run.err());
    }
  }

  @Test
  void loginIsNamedWithItsMend() throws IOException {
    assertTold(
        6,
        "is taken by a login console; on the Raspberry Pi run: sudo raspi-config",
        "\r\nraspberrypi login: ");
  }

  @Test
  void damagedAnswersAreNoProtocol() throws IOException {
    assertTold(7, "answers came damaged", "\6\11AAoBAAAAAAAAAAAAAAA=\n");
  }

  @Test
  void otherTalkIsQuoted() throws IOException {
    assertTold(6, "something else is there, it says '", "$GPGGA,123519,4807.038,N\r\n");
  }

  @Test
  void anotherServerDoesNotFit() throws IOException {
    // To an echo, and to the status of group 100: {"rc": 8}, there is no such command.
    byte[] echo = {0x0b, 0, 0, 6, 0, 0, 0, 0, (byte) 0xbf, 0x62, 'r', 'c', 8, (byte) 0xff};
    byte[] status = {0x09, 0, 0, 6, 0, 100, 1, 0, (byte) 0xbf, 0x62, 'r', 'c', 8, (byte) 0xff};
    assertTold(3, " answers SMP but is no Switchback device", frame(echo) + frame(status));
  }

  private static String frame(byte[] packet) {
    FrameEncoder encoder = new FrameEncoder(packet.length);
    return new String(encoder.buffer(), 0, encoder.encode(packet, packet.length), US_ASCII);
  }
}
