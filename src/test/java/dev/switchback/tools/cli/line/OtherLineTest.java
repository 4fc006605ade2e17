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
    // To an echo in SMP 2 with sequence 0: {"rc": 8}, there is no such command.
    byte[] answer = {0x0b, 0, 0, 6, 0, 0, 0, 0, (byte) 0xbf, 0x62, 'r', 'c', 8, (byte) 0xff};
    FrameEncoder encoder = new FrameEncoder(answer.length);
    int length = encoder.encode(answer, answer.length);
    assertTold(7, "do not fit together", new String(encoder.buffer(), 0, length, US_ASCII));
  }
}
