package dev.switchback.tools.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.LossCurve.Piece;
import dev.switchback.core.LossCurve.Point;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.ManualClock;
import dev.switchback.tools.client.LaptopException.Kind;
import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.ImageHash;
import dev.switchback.wire.smp.SmpGroup;
import dev.switchback.wire.smp.SmpRequest;
import dev.switchback.wire.smp.SmpServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceClientTest {
  private final ManualClock clock = new ManualClock();
  private final TestDevice device = new TestDevice();
  private final ServerLine line = new ServerLine(clock, device);

  private DeviceClient client() throws IOException {
    return DeviceClient.open(line, ServerLine.BAUD, clock);
  }

  /** What a server writes in answer to anything. */
  private interface Answer {
    void write(SmpRequest request, CborWriter answer) throws IOException;
  }

  /** A client of a server that has one group. */
  private DeviceClient clientOf(int group, Answer answer) throws IOException {
    SmpServer server =
        new SmpServer(
            List.of(
                new SmpGroup(group, "test", 1) {
                  @Override
                  public void handle(SmpRequest request, CborWriter writer) throws IOException {
                    answer.write(request, writer);
                  }
                }),
            4096);
    ServerLine other =
        new ServerLine(
            clock,
            (packet, nowNanos) ->
                Arrays.copyOf(server.answer(), server.handle(packet, packet.length, nowNanos)));
    return new DeviceClient(
        new SmpClient(other.open(), "/dev/ttyTEST", ServerLine.BAUD, clock, 0), group != 100);
  }

  @Test
  void openedPortHasAnswered() throws IOException {
    try (DeviceClient client = client()) {
      assertEquals(1, line.answers);
      assertEquals("hello", client.echo("hello"));
    }
    assertEquals(1, line.opened);
  }

  @Test
  void portThatDoesNotAnswerIsClosedAgain() {
    line.fault = (isRequest, index) -> ServerLine.Fault.LOST;
    for (int i = 1; i <= 2; i++) {
      assertEquals(Kind.NO_REPLY, assertThrows(LaptopException.class, this::client).kind());
      assertEquals(i, line.opened);
    }
  }

  @Test
  void busyPortSaysSo() throws IOException {
    client();
    assertEquals(Kind.BUSY, assertThrows(LaptopException.class, this::client).kind());
  }

  /** Two programs one after the other begin with the same sequence. */
  @Test
  void sameCommandOfTheNextProgramIsCarriedOutToo() throws IOException {
    try (DeviceClient client = client()) {
      client.reset();
    }
    try (DeviceClient client = client()) {
      client.reset();
    }
    assertEquals(2, device.starts);
  }

  @Test
  void lostAnswerToAResetDoesNotStartTwice() throws IOException {
    DeviceClient client = client();
    line.fault = (isRequest, index) -> !isRequest && index < 3 ? ServerLine.Fault.LOST : 0;
    client.reset();
    assertEquals(1, device.starts);
  }

  @Test
  void slotsAreMarkedAndConfirmed() throws IOException {
    DeviceClient client = client();
    client.upload(DeployedImage.NEW.bytes(), Progress.NONE);
    assertTrue(client.test(new ImageHash(DeployedImage.NEW.hash())).getLast().pending());
    client.reset();
    assertFalse(client.images().getFirst().confirmed());
    assertTrue(client.confirm().getFirst().confirmed());
    assertEquals("2.0.0+1", client.images().getFirst().version());
  }

  @Test
  void runningImageIsPulledByteForByte() throws IOException {
    DeviceClient client = client();
    client.upload(DeployedImage.WIDE.bytes(), Progress.NONE);
    client.test(new ImageHash(DeployedImage.WIDE.hash()));
    client.reset();
    List<Long> moved = new ArrayList<>();
    WeightImage pulled = client.pull((bytes, total) -> moved.add(bytes));
    assertArrayEquals(DeployedImage.WIDE.bytes(), pulled.bytes());
    assertEquals(DeployedImage.WIDE.bytes().length, moved.getLast());
    assertEquals(9, moved.size());
  }

  @Test
  void imageThatIsReplacedWhileItIsPulledIsNoMixture() throws IOException {
    DeviceClient client = client();
    client.upload(DeployedImage.xor(2000, 8).bytes(), Progress.NONE);
    client.test(new ImageHash(DeployedImage.xor(2000, 8).hash()));
    client.reset();
    client.confirm();
    client.upload(DeployedImage.WIDE.bytes(), Progress.NONE);
    client.test(new ImageHash(DeployedImage.WIDE.hash()));
    LaptopException e =
        assertThrows(
            LaptopException.class,
            () ->
                client.pull((bytes, total) -> {
                  if (bytes > 10_000 && device.starts == 1) {
                    device.restart();
                  }
                }));
    assertEquals(Kind.PROTOCOL, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains("try again"));
  }

  @Test
  void truthIsReadBack() throws IOException {
    device.expected = "0111";
    TruthReading truth = client().truth();
    assertEquals(TruthTable.parse("0110"), truth.answers());
    assertEquals(TruthTable.parse("0111"), truth.expected());
    assertFalse(truth.isRight());
    assertEquals(DeployedImage.OLD.hashText(), truth.hash().toString());
    assertEquals(4, truth.outputs().size());
    assertTrue(truth.outputs().get(1) > 0.9);
  }

  @Test
  void aCurveOfMoreEpochsThanLossesIsNotOfThisProtocol() throws IOException {
    DeviceClient client =
        clientOf(
            100,
            (_, answer) -> {
              answer.number("cursor", 1);
              answer.list("epochs");
              answer.number(1);
              answer.end();
              answer.list("losses");
              answer.end();
              answer.text("text", "");
            });
    LaptopException thrown = assertThrows(LaptopException.class, () -> client.curve(0));
    assertEquals(Kind.PROTOCOL, thrown.kind());
    assertEquals(
        "an answer is not as the protocol has it: 1 epochs, but 0 losses", thrown.getMessage());
  }

  @Test
  void curveGoesOnAtItsCursor() throws IOException {
    DeviceClient client =
        clientOf(
            100,
            (request, answer) -> {
              answer.number("cursor", request.map().number("cursor") + 2);
              answer.flag("running", true);
              answer.list("epochs");
              answer.number(10);
              answer.number(11);
              answer.end();
              answer.list("losses");
              answer.real(0.5);
              answer.real(0.25);
              answer.end();
              answer.text("text", "epoch 11");
            });
    assertEquals(
        new TrainingReading(
            true, new Piece(9, List.of(new Point(10, 0.5), new Point(11, 0.25))), "epoch 11"),
        client.curve(7));
  }

  @ParameterizedTest
  @CsvSource({"0, 2, 3", "5, 1, 3", "0, 0, 3", "0, 1, 9000000", "0, 1, -1"})
  void downloadThatDoesNotFitIsAgainstTheProtocol(int offset, int bytes, int length)
      throws IOException {
    DeviceClient client =
        clientOf(
            8,
            (request, answer) -> {
              boolean isFirst = request.map().number("off") == 0;
              answer.number("off", isFirst ? offset : 0);
              answer.bytes("data", new byte[bytes]);
              answer.number("len", length);
            });
    LaptopException e = assertThrows(LaptopException.class, () -> client.pull(Progress.NONE));
    assertEquals(Kind.PROTOCOL, e.kind());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, there is no such image",
    "1, 24, the hash is wrong",
    "1, 30, the image is too large",
    "1, 33, the image in use cannot be tested",
    "1, 34, error 34 of group 1",
    "8, 15, the file cannot be changed",
    "9, 3, there is no command",
    "100, 2, not in this state",
    "100, 4, the image fails the self-test",
    "100, 6, the input is not valid",
    "63, 1, error 1 of group 63"
  })
  void groupErrorIsToldInWords(int group, int code, String words) throws IOException {
    DeviceClient client =
        clientOf(
            0,
            (request, answer) -> {
              answer.map("err");
              answer.number("group", group);
              answer.number("rc", code);
              answer.end();
            });
    LaptopException e = assertThrows(LaptopException.class, () -> client.echo("?"));
    assertEquals(Kind.REFUSED, e.kind());
    assertEquals("the device refuses: " + words, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "1, REFUSED, unknown error",
    "2, REFUSED, not enough memory",
    "3, PROTOCOL, a field is missing or wrong",
    "6, REFUSED, not in this state",
    "8, PROTOCOL, it does not know this command",
    "10, BUSY, it is busy",
    "13, PROTOCOL, it does not speak this protocol yet",
    "256, REFUSED, error 256"
  })
  void errorOfTheProtocolIsToldInWords(int code, Kind kind, String words) throws IOException {
    DeviceClient client = clientOf(0, (request, answer) -> answer.number("rc", code));
    LaptopException e = assertThrows(LaptopException.class, () -> client.echo("?"));
    assertEquals(kind, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains(": " + words), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"echo", "parameters", "images", "truth", "curve", "live"})
  void emptyAnswersAreAgainstTheProtocol(String command) throws IOException {
    DeviceClient os = clientOf(0, (request, answer) -> {});
    DeviceClient image = clientOf(1, (request, answer) -> {});
    DeviceClient switchback = clientOf(100, (request, answer) -> {});
    LaptopException e =
        assertThrows(
            LaptopException.class,
            () -> {
              switch (command) {
                case "echo" -> os.echo("?");
                case "parameters" -> os.parameters();
                case "images" -> image.images();
                case "truth" -> switchback.truth();
                case "live" -> switchback.live();
                default -> switchback.curve(0);
              }
            });
    assertEquals(Kind.PROTOCOL, e.kind());
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("an answer is not as the protocol has it"));
  }
}
