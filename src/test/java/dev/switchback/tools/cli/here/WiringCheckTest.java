package dev.switchback.tools.cli.here;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.SystemClock;
import dev.switchback.device.board.Line;
import dev.switchback.device.board.Pull;
import dev.switchback.device.board.Wiring;
import dev.switchback.device.board.pi4j.SimulatedBoard;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.sim.FakeBoard;
import dev.switchback.sim.ManualClock;
import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WiringCheckTest {
  private Wiring wiring = DeviceConfiguration.defaults().wiring();
  private final StringWriter said = new StringWriter();

  private List<String> unseen(Reader in, int limitSeconds) {
    try (SimulatedBoard board = SimulatedBoard.open(wiring)) {
      List<String> unseen =
          new WiringCheck(
                  wiring,
                  board,
                  new BufferedReader(in),
                  new PrintWriter(said, true),
                  new SystemClock(),
                  limitSeconds)
              .run();
      assertEquals(0, board.shown(), "the LED is left dark");
      return unseen;
    }
  }

  private List<String> unseen(String lines) {
    return unseen(new StringReader(lines), 30);
  }

  @Test
  void whatIsFlippedAndLookedAtIsSeen() {
    assertEquals(List.of(), unseen("a\nb\ny\nyes\n"));
    assertEquals(
        """
        checking simulated board; each step waits up to 30 s, Ctrl-C quits
        flip switch A (BCM17, pin 11): type a and Enter
          BCM17 is now closed
        flip switch B (BCM27, pin 13): type b and Enter
          BCM27 is now closed
        the LED (BCM22, pin 15) is on: do you see it? y/n
        the LED is off now: is it dark? y/n
        all parts respond: the wiring is correct
        """,
        said.toString());
  }

  /** The fingers of a person: each reading takes 5 ms of the clock. */
  @Test
  void buttonsArePressed_andTheirReleaseIsNoMoveOfTheNext() {
    ManualClock clock = new ManualClock();
    FakeBoard board = new FakeBoard(2, 0b11);
    clock.at(100_000_000, () -> board.set(0, true));
    clock.at(400_000_000, () -> board.set(0, false));
    clock.at(600_000_000, () -> board.set(1, true));
    clock.at(900_000_000, () -> board.set(1, false));
    Wiring noLed = new Wiring(wiring.switches(), List.of());
    List<String> unseen =
        new WiringCheck(
                noLed,
                board,
                new BufferedReader(new StringReader("")),
                new PrintWriter(said, true),
                clock,
                30)
            .run();
    assertEquals(List.of(), unseen);
    assertEquals(
        """
        checking fake board; each step waits up to 30 s, Ctrl-C quits
        press switch A (BCM17, pin 11)
          BCM17 is now closed
        press switch B (BCM27, pin 13)
          BCM27 is now closed
        all parts respond: the wiring is correct
        """,
        said.toString());
  }

  @Test
  void theTeachButtonIsPressed() {
    ManualClock clock = new ManualClock();
    FakeBoard board = new FakeBoard(1);
    clock.at(100_000_000, () -> board.set(0, true));
    clock.at(400_000_000, () -> board.setTeach(true));
    clock.at(500_000_000, () -> board.setTeach(false));
    Wiring.Switch first = wiring.switches().getFirst();
    Wiring withTeach =
        new Wiring(
            List.of(first), List.of(), new Wiring.Switch(new Line.Bcm(23), Pull.UP, true, false));
    for (List<String> expected :
        List.of(List.<String>of(), List.of("switch A", "the teach button"))) {
      assertEquals(
          expected,
          new WiringCheck(
                  withTeach,
                  board,
                  new BufferedReader(new StringReader("")),
                  new PrintWriter(said, true),
                  clock,
                  2)
              .run());
    }
    assertTrue(
        said.toString()
            .startsWith(
                """
                checking fake board; each step waits up to 2 s, Ctrl-C quits
                flip switch A (BCM17, pin 11)
                  BCM17 is now closed
                press the teach button (BCM23, pin 16)
                  BCM23 is pressed
                all parts respond: the wiring is correct
                """),
        said.toString());
    assertTrue(
        said.toString()
            .contains("  no press in 2 s; check both ends of its wires: BCM23, pin 16, and GND"),
        said.toString());
  }

  @Test
  void swappedWiresAreTold() {
    assertEquals(List.of("switch A"), unseen("b\nb\ny\ny\n"));
    assertTrue(
        said.toString()
            .contains("switch B moved instead, on BCM27, pin 13: are the two wires swapped?"),
        said.toString());
  }

  @Test
  void anLedThatIsDarkIsNotSeen_norOneThatStaysOn() {
    assertEquals(List.of("the LED"), unseen("a\nb\nwhat?\nn\n"));
    assertTrue(said.toString().contains("  answer y or n\n"), said.toString());
    assertTrue(
        said.toString()
            .contains(
                "check the wires of the LED: BCM22, pin 15, through 330 ohm to its long leg, the"
                    + " short one to GND\n"),
        said.toString());
    assertEquals(List.of("the LED"), unseen("a\nb\ny\nn\n"));
  }

  @Test
  void ofSeveralLedsTheOneIsNamed() {
    Wiring.Led low = new Wiring.Led(new Line.Bcm(23), true);
    wiring = new Wiring(wiring.switches(), List.of(wiring.leds().getFirst(), low));
    assertEquals(List.of("LED 2"), unseen("a\nb\ny\ny\ny\nn\n"));
    assertTrue(
        said.toString()
            .endsWith(
                """
                LED 1 (BCM22, pin 15) is on: do you see it? y/n
                LED 1 is off now: is it dark? y/n
                LED 2 (BCM23, pin 16) is on: do you see it? y/n
                LED 2 is off now: is it dark? y/n
                  check the wires of LED 2: BCM23, pin 16, to its short leg, the long one through \
                330 ohm to 3V3
                no response: LED 2
                """),
        said.toString());
  }

  @Test
  void nobodyWaitsForAnInputThatHasEnded() {
    assertEquals(List.of("switch A", "switch B", "the LED"), unseen(""));
    assertTrue(
        said.toString()
            .contains(
                "no change; the input has ended;"
                    + " check both ends of its wires: BCM17, pin 11, and GND\n"),
        said.toString());
    assertTrue(
        said.toString().endsWith("no response: switch A, switch B, the LED\n"), said.toString());
  }

  @Test
  void aStepThatTakesTooLongIsOver() throws Exception {
    try (PipedWriter open = new PipedWriter()) {
      assertEquals(List.of("switch A", "switch B", "the LED"), unseen(new PipedReader(open), 1));
    }
    assertTrue(said.toString().contains("  no change in 1 s; check"), said.toString());
    assertTrue(said.toString().contains("  no answer in 1 s\n"), said.toString());
  }
}
