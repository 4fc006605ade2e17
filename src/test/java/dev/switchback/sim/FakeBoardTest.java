package dev.switchback.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.board.InputPin;
import dev.switchback.device.board.OutputPin;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeBoardTest {
  private final FakeBoard board = new FakeBoard(2);
  private int wakes;

  @Test
  void rowsSetSwitchAFromTheMostSignificantDigit() {
    board.setRow(0b10);
    assertTrue(board.switches().get(0).isActive());
    assertFalse(board.switches().get(1).isActive());
    assertEquals(2, board.reads());
  }

  @Test
  void edgeWakesOnlyWhenTheLevelChangesAndIsNotLost() {
    board.onEdge(() -> wakes++);
    board.set(0, true);
    board.set(0, true);
    assertEquals(1, wakes);
    board.setWithLostEdge(0, false);
    assertEquals(1, wakes);
    assertFalse(board.switches().get(0).isActive());
  }

  @Test
  void requestedFaultsAreThrownUntilCleared() {
    RuntimeException fault = new IllegalStateException("loose wire");
    board.failReads(1, fault);
    assertSame(
        fault, assertThrows(RuntimeException.class, () -> board.switches().get(1).isActive()));
    assertFalse(board.switches().get(0).isActive());
    board.failReads(1, null);
    assertFalse(board.switches().get(1).isActive());

    Error error = new StackOverflowError();
    board.failWrites(error);
    assertSame(error, assertThrows(Error.class, () -> board.led().setActive(true)));
    assertFalse(board.ledActive());
    board.failWrites(null);
    board.led().setActive(true);
    assertTrue(board.ledActive());
    assertEquals(List.of(true), board.ledWrites());
    board.requireNoMisuse();
  }

  @Test
  void closingDarkensTheLed() {
    board.led().setActive(true);
    board.close();
    assertFalse(board.ledActive());
  }

  @Test
  void useAfterCloseIsMisuseEvenWhenSwallowed() {
    InputPin pin = board.switches().get(0);
    OutputPin led = board.led();
    board.close();
    assertThrows(AssertionError.class, pin::isActive);
    assertThrows(AssertionError.class, () -> led.setActive(false));
    assertThrows(AssertionError.class, () -> board.onEdge(() -> {}));
    AssertionError misuse = assertThrows(AssertionError.class, board::requireNoMisuse);
    assertEquals(
        "the board was misused: [switch read after close, LED written after close, listener added"
            + " after close]",
        misuse.getMessage());
  }

  @Test
  void secondListenerIsMisuse() {
    board.onEdge(() -> {});
    assertThrows(AssertionError.class, () -> board.onEdge(() -> {}));
    assertThrows(AssertionError.class, board::requireNoMisuse);
  }
}
