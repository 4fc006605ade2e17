package dev.switchback.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FakeBoardTest {
  private final FakeBoard board = new FakeBoard(2);
  private int wakes;

  @Test
  void rowsSetSwitchAFromTheMostSignificantDigit() {
    board.setRow(0b10);
    assertEquals(0b10, board.readSwitches());
    assertEquals(1, board.reads());
  }

  @Test
  void edgeWakesOnlyWhenTheLevelChangesAndIsNotLost() {
    board.onEdge(() -> wakes++);
    board.set(0, true);
    board.set(0, true);
    assertEquals(1, wakes);
    board.setWithLostEdge(0, false);
    assertEquals(1, wakes);
    assertEquals(0, board.readSwitches());
  }

  @Test
  void requestedFaultsAreThrownUntilCleared() {
    RuntimeException fault = new IllegalStateException("loose wire");
    board.failReads(fault);
    assertSame(fault, assertThrows(RuntimeException.class, board::readSwitches));
    board.failReads(null);
    assertEquals(0, board.readSwitches());

    Error error = new StackOverflowError();
    board.failWrites(error);
    assertSame(error, assertThrows(Error.class, () -> board.setLeds(1)));
    assertFalse(board.ledActive());
    board.failWrites(null);
    board.setLeds(1);
    assertTrue(board.ledActive());
    assertEquals(List.of(1), board.ledWrites());
    board.requireNoMisuse();
  }

  @Test
  void closingDarkensTheLed() {
    board.setLeds(1);
    board.close();
    assertFalse(board.ledActive());
  }

  @Test
  void useAfterCloseIsMisuseEvenWhenSwallowed() {
    board.close();
    assertThrows(AssertionError.class, board::readSwitches);
    assertThrows(AssertionError.class, () -> board.setLeds(0));
    assertThrows(AssertionError.class, () -> board.onEdge(() -> {}));
    AssertionError misuse = assertThrows(AssertionError.class, board::requireNoMisuse);
    assertEquals(
        "the board was misused: [switches read after close, LED written after close, listener added"
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
