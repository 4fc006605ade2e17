package dev.switchback.tools.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.tools.client.LaptopException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LineEvidenceTest {
  private final LineEvidence evidence = new LineEvidence();

  private void text(String text) {
    for (byte each : text.getBytes(StandardCharsets.ISO_8859_1)) {
      evidence.text(each);
    }
  }

  private void assertSays(Kind kind, String part) {
    assertSays(kind, part, 0);
  }

  private void assertSays(Kind kind, String part, long damaged) {
    LaptopException e = evidence.noReply("/dev/ttyUSB0 at 115200 baud", damaged);
    assertEquals(kind, e.kind());
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("/dev/ttyUSB0 at 115200 baud"), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
  }

  /** What it says of a socket has nothing to do with a cable. */
  private void assertSaysOfSocket(Kind kind, String message, String fix, long damaged) {
    String path = "/run/switchback/line";
    LaptopException e = evidence.noReplyOfSocket(path, damaged);
    assertEquals(kind, e.kind());
    assertEquals(path + message, e.what());
    assertTrue(String.valueOf(e.fix()).contains(fix), e.getMessage());
    assertFalse(
        Pattern.compile("(?i)\\bTX\\b|\\bRX\\b|cable|baud|ground")
            .matcher(String.valueOf(e.getMessage()))
            .find(),
        e.getMessage());
  }

  @Test
  void silenceOfTheServiceAsksForTheService() {
    String fix = "systemctl status switchback";
    assertSaysOfSocket(Kind.NO_REPLY, " does not answer", fix, 0);
    assertSaysOfSocket(Kind.PROTOCOL, ": 2 answers are not as the protocol has them", fix, 2);
    text("login: ");
    assertSaysOfSocket(Kind.NO_REPLY, " is served by something else, which says 'login:'", fix, 0);
    evidence.echoed();
    assertSaysOfSocket(Kind.NO_REPLY, " sends every request back, which no device does", fix, 0);
    evidence.answered();
    assertSaysOfSocket(Kind.NO_REPLY, " does not answer any more", fix, 0);
    evidence.malformed();
    assertSaysOfSocket(Kind.PROTOCOL, ": 3 answers are not as the protocol has them", fix, 2);
  }

  @Test
  void silenceAsksForTheCable() {
    assertSays(Kind.NO_REPLY, "not a byte came");
  }

  @Test
  void deviceThatAnsweredBeforeHasGone() {
    evidence.answered();
    assertSays(Kind.NO_REPLY, "it did before");
  }

  @Test
  void loginConsoleComesBeforeAllElse() {
    text("Debian GNU/Linux 13 raspberrypi ttyS0\r\n\r\nraspberrypi login: ");
    evidence.echoed();
    evidence.malformed();
    assertSays(Kind.NO_REPLY, "sudo raspi-config nonint do_serial_cons 1", 7);
  }

  @Test
  void passwordPromptIsALoginConsole() {
    text("\r\nPassword: ");
    assertSays(Kind.NO_REPLY, "login console");
  }

  @Test
  void otherBaudRateLooksLikeNoise() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      evidence.text((byte) random.nextInt(256));
    }
    assertSays(Kind.NO_REPLY, "another baud rate");
  }

  @Test
  void otherTextIsQuotedWithoutItsControlCharacters() {
    text("\u001b[1;32muart:~$ \u001b[m\r\n\u001b[1;32muart:~$ hallo");
    assertSays(Kind.NO_REPLY, "something else is there, it says '");
    assertSays(Kind.NO_REPLY, "uart:~$ hallo'");
  }

  @Test
  void damagedAnswersAreAgainstTheProtocol() {
    assertSays(Kind.PROTOCOL, "3 answers came damaged", 3);
  }

  @Test
  void onlyTheLastBytesAreKept() {
    text("login: ");
    text("x".repeat(300));
    assertSays(Kind.NO_REPLY, "'" + "x".repeat(60) + "'");
  }
}
