package dev.switchback.device.board.pi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import dev.switchback.device.board.BoardException;
import dev.switchback.device.board.BoardException.Kind;
import dev.switchback.device.board.Line;
import dev.switchback.device.board.Pull;
import dev.switchback.device.board.Wiring;
import dev.switchback.device.board.linux.Chips;
import dev.switchback.device.board.linux.GpioChip;
import dev.switchback.device.board.linux.GpioLine;
import dev.switchback.device.board.linux.LineRequest;
import dev.switchback.device.board.linux.RequestedLine;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The adapter of this machine's lines, on chips of the test's own. */
class Pi4jBoardTest {
  private static final GpioChip HEADER = new GpioChip("gpiochip0", "pinctrl-bcm2711", 58);
  private static final GpioChip EXTRA = new GpioChip("gpiochip1", "extra", 8);

  private final TestChips chips = new TestChips();

  /** Chips that fail on demand, and note what is requested. */
  private static final class TestChips implements Chips {
    private final List<TestRequest> requests = new ArrayList<>();
    private @Nullable BoardException missing;
    private @Nullable IOException refusal;

    @Override
    public List<GpioLine> find(List<Line> lines) {
      if (missing != null) {
        throw missing;
      }
      return lines.stream().map(TestChips::find).toList();
    }

    private static GpioLine find(Line line) {
      return switch (line) {
        case Line.Bcm bcm -> new GpioLine(HEADER, bcm.number());
        case Line.OnChip onChip -> new GpioLine(EXTRA, onChip.offset());
        case Line.Named named ->
            new GpioLine(HEADER, Integer.parseInt(named.name().substring("GPIO".length())));
      };
    }

    @Override
    public LineRequest request(GpioChip chip, String consumer, List<RequestedLine> lines)
        throws IOException {
      if (refusal != null) {
        throw refusal;
      }
      TestRequest request = new TestRequest(chip, consumer, lines);
      requests.add(request);
      return request;
    }

    /** Returns the open request of inputs, or of outputs, on a chip. */
    private TestRequest open(GpioChip chip, boolean ofInputs) {
      return requests.stream()
          .filter(request -> request.isOpen && request.chip.equals(chip))
          .filter(request -> request.lines.getFirst().isInput() == ofInputs)
          .findFirst()
          .orElseThrow();
    }

    private int openRequests() {
      return (int) requests.stream().filter(request -> request.isOpen).count();
    }
  }

  private static final class TestRequest implements LineRequest {
    private final GpioChip chip;
    private final String consumer;
    private final List<RequestedLine> lines;
    private long values;
    private int readings;
    private boolean isOpen = true;
    private boolean isLost;
    private boolean isDeaf;
    private @Nullable EdgeListener listener;

    private TestRequest(GpioChip chip, String consumer, List<RequestedLine> lines) {
      this.chip = chip;
      this.consumer = consumer;
      this.lines = lines;
    }

    private void requireThere() {
      assertTrue(isOpen, "used after it was closed");
      if (isLost) {
        throw new BoardException(Kind.NO_BOARD, chip.path() + " is gone", null);
      }
    }

    @Override
    public long values() {
      requireThere();
      readings++;
      return values;
    }

    @Override
    public void set(long newValues) {
      requireThere();
      values = newValues;
    }

    @Override
    public void watch(EdgeListener newListener) {
      listener = newListener;
    }

    @Override
    public boolean hasEdges() {
      return listener != null && !isDeaf;
    }

    @Override
    public void close() {
      isOpen = false;
    }
  }

  private Pi4jBoard open(Wiring wiring) {
    return new Pi4jBoard("test", chips, wiring);
  }

  private static Wiring.Switch toGround(String line) {
    return Wiring.Switch.toGround(Line.parse(line));
  }

  private static Wiring.Led led(String line) {
    return new Wiring.Led(Line.parse(line), false);
  }

  private static Wiring onTwoChips() {
    return new Wiring(
        List.of(toGround("17"), toGround("extra:3"), toGround("27"), toGround("extra:5")),
        List.of(led("22"), led("extra:0"), led("23")));
  }

  @Test
  void switchesOfAChipAreOneRequest_andOneReading() {
    Pi4jBoard board = open(Wiring.DEFAULT);
    TestRequest inputs = chips.open(HEADER, true);
    assertEquals("switchback-switches", inputs.consumer);
    assertEquals(
        List.of(RequestedLine.input(17, Pull.UP, true), RequestedLine.input(27, Pull.UP, true)),
        inputs.lines);
    assertEquals("switchback-leds", chips.open(HEADER, false).consumer);
    assertEquals(List.of(RequestedLine.output(22, false)), chips.open(HEADER, false).lines);
    inputs.values = 0b01;
    assertEquals(0b10, board.readSwitches());
    assertEquals(1, inputs.readings);
    board.close();
    assertEquals(0, chips.openRequests());
  }

  @Test
  void switchesAndLedsOfSeveralChipsHaveTheirPlacesInTheRow() {
    Pi4jBoard board = open(onTwoChips());
    assertEquals(4, board.switches());
    assertEquals(4, chips.openRequests());
    chips.open(HEADER, true).values = 0b01;
    chips.open(EXTRA, true).values = 0b10;
    assertEquals(0b1001, board.readSwitches());
    chips.open(HEADER, true).values = 0b10;
    chips.open(EXTRA, true).values = 0b01;
    assertEquals(0b0110, board.readSwitches());
    board.setLeds(0b011);
    assertEquals(0b10, chips.open(HEADER, false).values);
    assertEquals(0b1, chips.open(EXTRA, false).values);
    board.close();
  }

  @Test
  void everyLineIsRequestedAsItIsWired() {
    Wiring wiring =
        new Wiring(
            List.of(
                new Wiring.Switch(new Line.Bcm(17), Pull.DOWN, false, false),
                new Wiring.Switch(new Line.Bcm(27), Pull.NONE, true, true)),
            List.of(new Wiring.Led(new Line.Bcm(22), true)));
    Pi4jBoard board = open(wiring);
    assertEquals(
        List.of(
            RequestedLine.input(17, Pull.DOWN, false), RequestedLine.input(27, Pull.NONE, true)),
        chips.open(HEADER, true).lines);
    assertEquals(List.of(RequestedLine.output(22, true)), chips.open(HEADER, false).lines);
    assertEquals(0b01, board.buttons());
    assertEquals("test", board.toString());
    board.close();
  }

  /** Programs that know Pi4J find what they expect. */
  @Test
  void pi4jSeesLevelsAndStates() {
    Wiring wiring =
        new Wiring(
            List.of(toGround("17"), new Wiring.Switch(new Line.Bcm(27), Pull.DOWN, false, false)),
            List.of(new Wiring.Led(new Line.Bcm(22), true)));
    Pi4jBoard board = open(wiring);
    chips.open(HEADER, true).values = 0b11;
    assertEquals(DigitalState.LOW, board.inputs().get(0).state());
    assertTrue(board.inputs().get(0).isOn());
    assertEquals(PullResistance.PULL_UP, board.inputs().get(0).pull());
    assertEquals(17, board.inputs().get(0).address());
    assertEquals(DigitalState.HIGH, board.inputs().get(1).state());
    assertTrue(board.inputs().get(1).isOn());
    chips.open(HEADER, true).values = 0;
    assertEquals(DigitalState.HIGH, board.inputs().get(0).state());
    assertFalse(board.inputs().get(1).isOn());

    assertEquals(DigitalState.HIGH, board.outputs().getFirst().state());
    board.setLeds(1);
    assertEquals(DigitalState.LOW, board.outputs().getFirst().state());
    board.outputs().getFirst().high();
    assertEquals(0, chips.open(HEADER, false).values);
    board.outputs().getFirst().low();
    assertEquals(1, chips.open(HEADER, false).values);
    board.close();
  }

  @Test
  void edgesOfEverySwitchWake_evenAfterAnErrorInTheListener() {
    Pi4jBoard board = open(onTwoChips());
    List<String> wakes = new ArrayList<>();
    board.onEdge(() -> {
      wakes.add("wake");
      throw new StackOverflowError();
    });
    for (GpioChip chip : List.of(HEADER, EXTRA)) {
      LineRequest.EdgeListener listener = chips.open(chip, true).listener;
      assertNotNull(listener);
      listener.edge(0, true);
      listener.edge(1, false);
    }
    assertEquals(4, wakes.size());
    board.close();
  }

  @Test
  void edgesAreThoseOfEverySwitchOrNone() {
    Pi4jBoard board = open(onTwoChips());
    assertTrue(board.hasEdges());
    chips.open(EXTRA, true).isDeaf = true;
    assertFalse(board.hasEdges());
    chips.open(EXTRA, true).isLost = true;
    assertThrows(BoardException.class, board::readSwitches);
    assertFalse(board.hasEdges(), "its lines are not requested");
    board.readSwitches();
    assertTrue(board.hasEdges(), "requested anew");
    board.close();
  }

  @Test
  void lostLinesAreAFault_andRequestedAgainWithTheNextCall() {
    Pi4jBoard board = open(onTwoChips());
    chips.open(EXTRA, true).isLost = true;
    BoardException lost = assertThrows(BoardException.class, board::readSwitches);
    assertEquals("/dev/gpiochip1 is gone", lost.getMessage());
    assertEquals(3, chips.openRequests());

    chips.missing = new BoardException(Kind.NO_BOARD, "no GPIO chip is called extra", null);
    lost = assertThrows(BoardException.class, board::readSwitches);
    assertEquals("no GPIO chip is called extra", lost.getMessage());

    chips.missing = null;
    List<String> wakes = new ArrayList<>();
    board.onEdge(() -> wakes.add("wake"));
    assertEquals(0, board.readSwitches());
    chips.open(EXTRA, true).values = 0b01;
    assertEquals(0b0100, board.readSwitches());
    LineRequest.EdgeListener listener = chips.open(EXTRA, true).listener;
    assertNotNull(listener);
    listener.edge(0, true);
    assertEquals(1, wakes.size());

    chips.open(HEADER, false).isLost = true;
    assertThrows(BoardException.class, () -> board.setLeds(0b100));
    board.setLeds(0b100);
    assertEquals(1, chips.open(HEADER, false).values);
    board.close();
    assertEquals(0, chips.openRequests());
  }

  @Test
  void closingIsFinal_darkAndRepeatable() {
    Pi4jBoard board = open(Wiring.DEFAULT);
    board.setLeds(1);
    TestRequest leds = chips.open(HEADER, false);
    board.close();
    board.close();
    assertEquals(0, leds.values);
    assertThrows(IllegalStateException.class, board::readSwitches);
    assertThrows(IllegalStateException.class, () -> board.setLeds(0));
  }

  @Test
  void linesAreReleasedEvenIfTheLedCannotBeDriven() {
    Pi4jBoard board = open(Wiring.DEFAULT);
    chips.open(HEADER, false).isLost = true;
    assertThrows(BoardException.class, board::close);
    assertEquals(0, chips.openRequests());
  }

  @Test
  void boardWithoutLedDrivesNothing() {
    Pi4jBoard board = open(new Wiring(Wiring.DEFAULT.switches(), List.of()));
    board.setLeds(1);
    assertEquals(1, chips.openRequests());
    board.close();
  }

  private BoardException refused(Wiring wiring) {
    BoardException refused = assertThrows(BoardException.class, () -> open(wiring));
    assertEquals(0, chips.openRequests());
    return refused;
  }

  @Test
  void aLineWithTwoNamesIsRefused() {
    Wiring wiring = new Wiring(List.of(toGround("17"), toGround("GPIO17")), List.of());
    assertEquals("switch A and switch B are both on gpiochip0:17", refused(wiring).getMessage());
  }

  @Test
  void aChipThatThisUserMayNotOpenNamesTheGroup() {
    chips.refusal = new AccessDeniedException("/dev/gpiochip0");
    BoardException refused = refused(Wiring.DEFAULT);
    assertEquals(Kind.PERMISSION, refused.kind());
    assertEquals(
        "no permission to open /dev/gpiochip0: run 'sudo usermod -aG gpio $USER', then log out and"
            + " in again",
        refused.getMessage());
  }

  @Test
  void anyOtherRefusalKeepsItsMessage() {
    chips.refusal = new IOException("/dev/gpiochip0 does not give its lines (errno 5)");
    BoardException refused = refused(Wiring.DEFAULT);
    assertEquals(Kind.OTHER, refused.kind());
    assertEquals("/dev/gpiochip0 does not give its lines (errno 5)", refused.getMessage());
  }
}
