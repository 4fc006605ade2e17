package dev.switchback.tools.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.ManualClock;
import dev.switchback.tools.client.LaptopException.Kind;
import dev.switchback.wire.WireVector;
import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.SmpGroup;
import dev.switchback.wire.smp.SmpHeader;
import dev.switchback.wire.smp.SmpMap;
import dev.switchback.wire.smp.SmpRequest;
import dev.switchback.wire.smp.SmpServer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmpClientTest {
  private static final long SECOND = 1_000_000_000L;

  /** Counts what it carries out. */
  private static final class CountingGroup extends SmpGroup {
    int carriedOut;

    CountingGroup() {
      super(70, "counting", 1);
    }

    @Override
    public void handle(SmpRequest request, CborWriter answer) throws IOException {
      answer.number("n", ++carriedOut);
    }
  }

  private final ManualClock clock = new ManualClock();
  private final CountingGroup group = new CountingGroup();
  private final SmpServer server = new SmpServer(List.of(group), 256);
  private ServerLine line = new ServerLine(clock, this::answer);

  private byte[] answer(byte[] packet, long nowNanos) {
    return Arrays.copyOf(server.answer(), server.handle(packet, packet.length, nowNanos));
  }

  private SmpClient client() throws IOException {
    return new SmpClient(line.open(), "/dev/ttyTEST", ServerLine.BAUD, clock, 0);
  }

  private static long count(SmpClient client) throws IOException {
    return client.ask(SmpHeader.WRITE, 70, 0, Fields.NONE).number("n");
  }

  @Test
  void requestsAreAnswered() throws IOException {
    SmpClient client = client();
    assertEquals(1, count(client));
    assertEquals(2, count(client));
    assertTrue(clock.nanoTime() < SECOND / 10);
  }

  @Test
  void sequenceGoesRound() throws IOException {
    SmpClient client = client();
    for (int i = 1; i <= 600; i++) {
      assertEquals(i, count(client));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void lostRequestIsSentAgain(int lost) throws IOException {
    line.fault = (isRequest, index) -> isRequest && index <= lost ? ServerLine.Fault.LOST : 0;
    assertEquals(1, count(client()));
    assertEquals(lost + 2, line.requests);
    assertEquals(lost + 1, clock.nanoTime() / SECOND);
  }

  @Test
  void lostAnswerIsGivenAgainAndNothingDoneTwice() throws IOException {
    line.fault = (isRequest, index) -> !isRequest && index == 0 ? ServerLine.Fault.LOST : 0;
    assertEquals(1, count(client()));
    assertEquals(1, group.carriedOut);
  }

  @Test
  void lateAndDoubleAnswersAreNotTakenForOthers() throws IOException {
    line.fault =
        (isRequest, index) -> isRequest ? ServerLine.Fault.TWICE : index % 3 == 0 ? SECOND / 2 : 0;
    SmpClient client = client();
    for (int i = 1; i <= 20; i++) {
      assertEquals(i, count(client));
    }
  }

  @Test
  void answerLaterThanThePatienceIsTaken() throws IOException {
    line.fault = (isRequest, index) -> isRequest || index > 0 ? 0 : 3 * SECOND / 2;
    SmpClient client = client();
    assertEquals(1, count(client));
    assertEquals(2, count(client));
  }

  @Test
  void silenceEndsAfterThreeTries() throws IOException {
    line = new ServerLine(clock, (packet, nowNanos) -> null);
    SmpClient client = client();
    LaptopException e = assertThrows(LaptopException.class, () -> count(client));
    assertEquals(Kind.NO_REPLY, e.kind());
    assertTrue(
        String.valueOf(e.getMessage())
            .startsWith("/dev/ttyTEST at 115200 baud does not answer: not a byte"));
    assertEquals(3, line.requests);
    assertEquals(3, clock.nanoTime() / SECOND);
  }

  @Test
  void answersToOthersAreNoAnswer() throws IOException {
    line =
        new ServerLine(
            clock,
            (packet, nowNanos) -> {
              byte[] answer = answer(packet, nowNanos);
              answer[6]++;
              return answer;
            });
    SmpClient client = client();
    assertEquals(Kind.NO_REPLY, assertThrows(LaptopException.class, () -> count(client)).kind());
  }

  @Test
  void lineThatEchoesIsSaidToEcho() throws IOException {
    line = new ServerLine(clock, (packet, nowNanos) -> packet);
    SmpClient client = client();
    LaptopException e = assertThrows(LaptopException.class, () -> count(client));
    assertEquals(Kind.NO_REPLY, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains("sends every request back"), e.getMessage());
  }

  @Test
  void answerWithoutMapIsAgainstTheProtocol() throws IOException {
    line =
        new ServerLine(
            clock,
            (packet, nowNanos) -> {
              byte[] answer = answer(packet, nowNanos);
              answer[8] = (byte) 0xff;
              return answer;
            });
    SmpClient client = client();
    assertEquals(Kind.PROTOCOL, assertThrows(LaptopException.class, () -> count(client)).kind());
  }

  @Test
  void loginConsoleIsNamedWithItsMend() throws IOException {
    line =
        new ServerLine(
            clock,
            (packet, nowNanos) -> {
              line.say("\r\nPassword: \r\nLogin incorrect\r\nraspberrypi login: ");
              return null;
            });
    SmpClient client = client();
    LaptopException e = assertThrows(LaptopException.class, () -> count(client));
    assertEquals(Kind.NO_REPLY, e.kind());
    assertTrue(
        String.valueOf(e.getMessage()).contains("sudo raspi-config nonint do_serial_cons 1"));
  }

  @Test
  void noiseForEverEndsToo() throws IOException {
    line =
        new ServerLine(
            clock,
            (packet, nowNanos) -> {
              for (int i = 0; i < 2000; i++) {
                line.say("\u0006\tAA".repeat(20));
              }
              return null;
            });
    SmpClient client = client();
    assertEquals(Kind.PROTOCOL, assertThrows(LaptopException.class, () -> count(client)).kind());
    assertTrue(clock.nanoTime() < 10 * SECOND);
  }

  @Test
  void lostLineIsToldAtOnce() throws IOException {
    line.hangUpAtByte = 10;
    SmpClient client = client();
    LaptopException e = assertThrows(LaptopException.class, () -> count(client));
    assertTrue(e.isLineLost());
    assertEquals(Kind.NO_REPLY, e.kind());
    assertEquals(0, clock.nanoTime());
  }

  /** One request and answer between Python's client and Zephyr's server. */
  private static WireVector vector(String name, boolean isRequest) {
    return WireVector.all().stream()
        .filter(each -> each.name().equals(name) && each.request() == isRequest)
        .findFirst()
        .orElseThrow();
  }

  /** Something to ask of a device. */
  private interface Question {
    Object ask(DeviceClient device) throws LaptopException;
  }

  private Object asked(String name, Question question) throws IOException {
    byte[] expected = vector(name, true).packet();
    line =
        new ServerLine(
            clock,
            (packet, nowNanos) -> {
              assertEquals(hex(expected), hex(packet));
              return vector(name, false).packet();
            });
    SmpClient client =
        new SmpClient(line.open(), "/dev/ttyTEST", ServerLine.BAUD, clock, expected[6]);
    return question.ask(new DeviceClient(client, false));
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }

  @Test
  void requestsAreThoseOfPythonAndTheAnswersOfZephyrUnderstood() throws IOException {
    assertEquals(new BufferParameters(1024, 4), asked("params", device -> device.parameters()));
    assertEquals("hello", asked("echo", device -> device.echo("hello")));
    asked(
        "reset",
        device -> {
          device.reset();
          return "";
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown-group", "unknown-cmd", "bad-cbor", "version3", "op-rsp"})
  void misunderstandingsAreAgainstTheProtocol(String name) throws IOException {
    SmpMap answer = map(vector(name, false));
    DeviceClient device = new DeviceClient(client(), true);
    assertEquals(
        Kind.PROTOCOL, assertThrows(LaptopException.class, () -> device.checked(answer)).kind());
  }

  private static SmpMap map(WireVector vector) throws IOException {
    byte[] packet = vector.packet();
    return SmpMap.read(packet, SmpHeader.BYTES, packet.length - SmpHeader.BYTES);
  }
}
