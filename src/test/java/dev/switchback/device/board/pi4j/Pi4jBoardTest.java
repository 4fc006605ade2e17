package dev.switchback.device.board.pi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import dev.switchback.device.board.BoardException;
import dev.switchback.device.board.BoardException.Kind;
import dev.switchback.device.board.Pull;
import dev.switchback.device.board.Wiring;
import dev.switchback.device.board.linux.RaspberryPi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The adapter that also drives the header, on Pi4J's mock lines. */
class Pi4jBoardTest {
  private final Context context =
      Pi4J.newContextBuilder()
          .add(MockDigitalInputProvider.newInstance(), MockDigitalOutputProvider.newInstance())
          .build();

  @AfterEach
  void everythingIsGivenBack() {
    if (!context.isShutdown()) {
      context.shutdown();
    }
  }

  private Pi4jBoard open(Wiring wiring) {
    return new Pi4jBoard("mock", context, wiring, 0);
  }

  private static Wiring wiring(Pull pull, boolean switchActiveLow, boolean ledActiveLow) {
    return new Wiring(List.of(17, 27), 22, pull, switchActiveLow, ledActiveLow);
  }

  private static void setLevel(Pi4jBoard board, int index, DigitalState level) {
    ((MockDigitalInput) board.input(index)).mockState(level);
  }

  @ParameterizedTest
  @CsvSource({"true,LOW,HIGH", "false,HIGH,LOW"})
  void polarityTurnsLevelsIntoActive(
      boolean activeLow, DigitalState active, DigitalState inactive) {
    Pi4jBoard board = open(wiring(Pull.UP, activeLow, false));
    setLevel(board, 0, active);
    setLevel(board, 1, inactive);
    assertTrue(board.switches().get(0).isActive());
    assertFalse(board.switches().get(1).isActive());
    setLevel(board, 0, inactive);
    setLevel(board, 1, active);
    assertFalse(board.switches().get(0).isActive());
    assertTrue(board.switches().get(1).isActive());
  }

  @ParameterizedTest
  @CsvSource({"true,LOW,HIGH", "false,HIGH,LOW"})
  void ledStartsInactive_followsItsPolarity_andIsInactiveAfterClose(
      boolean activeLow, DigitalState active, DigitalState inactive) {
    Pi4jBoard board = open(wiring(Pull.UP, true, activeLow));
    assertEquals(inactive, board.output().config().initialState());
    assertEquals(inactive, board.output().config().shutdownState());
    assertEquals(inactive, board.output().state());
    board.led().setActive(true);
    assertEquals(active, board.output().state());
    board.led().setActive(false);
    assertEquals(inactive, board.output().state());
    board.led().setActive(true);
    board.close();
    assertEquals(inactive, board.output().state());
  }

  @ParameterizedTest
  @CsvSource({"UP,PULL_UP", "DOWN,PULL_DOWN", "NONE,OFF"})
  void linesAreRequestedAsWired_withoutPi4jsDebounce(Pull pull, PullResistance resistance) {
    Pi4jBoard board = open(wiring(pull, true, false));
    assertEquals(22, board.output().address());
    for (int i = 0; i < 2; i++) {
      assertEquals(List.of(17, 27).get(i), board.input(i).address());
      assertEquals(resistance, board.input(i).pull());
      assertEquals(0, board.input(i).config().debounce());
    }
    assertEquals("switchback-a", board.input(0).id());
    assertEquals("switchback-b", board.input(1).id());
    assertEquals("switchback-led", board.output().id());
    assertEquals("mock", board.toString());
  }

  @Test
  void edgesOfEverySwitchWake_evenAfterAnErrorInTheListener() {
    Pi4jBoard board = open(Wiring.DEFAULT);
    List<String> wakes = new ArrayList<>();
    board.onEdge(() -> {
      wakes.add("wake");
      throw new StackOverflowError();
    });
    setLevel(board, 0, DigitalState.HIGH);
    setLevel(board, 1, DigitalState.HIGH);
    setLevel(board, 1, DigitalState.LOW);
    assertEquals(3, wakes.size());
    board.close();
    setLevel(board, 0, DigitalState.LOW);
    assertEquals(3, wakes.size());
  }

  @Test
  void closingIsFinal_andRepeatable() {
    Pi4jBoard board = open(Wiring.DEFAULT);
    board.close();
    assertTrue(context.isShutdown());
    board.close();
    assertThrows(IllegalStateException.class, () -> board.switches().get(0).isActive());
    assertThrows(IllegalStateException.class, () -> board.led().setActive(false));
  }

  /** The LED is off even if Pi4J then fails on an input. */
  @Test
  void ledIsDarkBeforePi4jShutsDown() {
    Pi4jBoard board = open(Wiring.DEFAULT);
    board.led().setActive(true);
    List<Boolean> shutdownWhenDark = new ArrayList<>();
    board.output().addListener(change -> shutdownWhenDark.add(context.isShutdown()));
    board.close();
    assertEquals(List.of(false), shutdownWhenDark);
  }

  @Test
  void closing_onAnInterruptedThread_isComplete_andKeepsTheInterrupt() {
    Pi4jBoard board = open(Wiring.DEFAULT);
    board.led().setActive(true);
    Thread.currentThread().interrupt();
    board.close();
    assertTrue(Thread.interrupted());
    assertEquals(DigitalState.LOW, board.output().state());
    assertTrue(context.isShutdown());
  }

  @Test
  void linesAreNotGivenBackBeforeTheyHaveSettled() {
    long start = System.nanoTime();
    new Pi4jBoard("mock", context, Wiring.DEFAULT, 30_000_000).close();
    assertTrue(System.nanoTime() - start >= 30_000_000);
  }

  @Test
  void failedLine_isNamed_andEverythingIsGivenBack() {
    DigitalOutput other =
        context.create(DigitalOutput.newConfigBuilder(context).id("other").address(22).build());
    assertEquals(22, other.address());
    long start = System.nanoTime();
    BoardException refused =
        assertThrows(
            BoardException.class, () -> new Pi4jBoard("mock", context, Wiring.DEFAULT, 30_000_000));
    assertEquals(Kind.OTHER, refused.kind());
    assertNotNull(refused.getMessage());
    assertTrue(
        refused.getMessage().startsWith("GPIO22 (the LED) could not be opened: "),
        refused.getMessage());
    assertTrue(context.isShutdown());
    assertTrue(System.nanoTime() - start >= 30_000_000);
  }

  @Test
  void contextWithoutProvidersIsNoBoardToOpen() {
    Context empty = Pi4J.newContextBuilder().build();
    BoardException refused =
        assertThrows(BoardException.class, () -> new Pi4jBoard("mock", empty, Wiring.DEFAULT, 0));
    assertEquals(Kind.OTHER, refused.kind());
    assertTrue(empty.isShutdown());
  }

  @Test
  void headerOfAMachineThatIsNoRaspberryPi_isNoBoard() {
    assumeFalse(RaspberryPi.isPresent(Path.of("/")));
    BoardException refused =
        assertThrows(BoardException.class, () -> Pi4jBoard.openHeader(Wiring.DEFAULT, null));
    assertEquals(Kind.NO_BOARD, refused.kind());
  }

  @Test
  void unknownBoardModel_isNoBoard() {
    BoardException refused =
        assertThrows(BoardException.class, () -> Pi4jBoard.openHeader(Wiring.DEFAULT, "MODEL_9_Z"));
    assertEquals(
        "unknown board 'MODEL_9_Z': use the simulated board, or name the Raspberry Pi it is like in"
            + " the configuration, for instance MODEL_4_B",
        refused.getMessage());
  }
}
