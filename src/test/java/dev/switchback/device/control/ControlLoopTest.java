package dev.switchback.device.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.sim.AllocatedBytes;
import dev.switchback.sim.FakeBoard;
import dev.switchback.sim.ManualClock;
import dev.switchback.sim.TableModel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlLoopTest {
  private static final long MS = 1_000_000;
  private static final long DEBOUNCE = 12 * MS;
  private static final TruthTable AND = TruthTable.parse("0001");

  private final ManualClock clock = new ManualClock(Long.MAX_VALUE - 30 * MS);
  private final FakeBoard board = new FakeBoard(2);
  private final ModelSlot slot = new ModelSlot();
  private final ControlLoop loop = new ControlLoop(clock, board, slot, DEBOUNCE);

  @AfterEach
  void boardWasUsedWell() {
    board.requireNoMisuse();
  }

  private long tick() {
    return loop.tick(clock.nanoTime());
  }

  /** Runs the loop as its thread would, for some time. */
  private void runFor(long nanos) {
    clock.at(nanos, loop::stop);
    loop.run();
  }

  private void tickFor(long nanos) {
    long end = clock.nanoTime() + nanos;
    while (clock.nanoTime() - end < 0) {
      clock.await(Math.min(tick(), end - clock.nanoTime()));
    }
    tick();
  }

  // Answers

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "2,1", "3,1", "0,2", "1,2", "2,2", "3,2"})
  void everyPosition_isAnsweredFromTheTable(int row, int outputs) {
    slot.publish(new TableModel(TruthTable.XOR, outputs));
    board.setRow(row);
    tick();
    boolean lit = row == 1 || row == 2;
    assertEquals(lit, board.ledActive());
    assertEquals(new Decision(1, row, lit ? 1 : 0, lit ? 0.9f : 0.1f), loop.decision());
    assertNull(loop.outage());
  }

  @Test
  void switchAIsTheFirstInput() {
    slot.publish(new TableModel(TruthTable.parse("0010")));
    board.set(0, true);
    tick();
    assertTrue(board.ledActive());
    assertEquals(2, loop.decision().row());
  }

  @Test
  void oneHalfAnswersZero() {
    slot.publish(new TableModel(TruthTable.XOR).scale(0.5f / 0.9f));
    board.set(0, true);
    tick();
    assertEquals(new Decision(1, 2, 0, 0.5f), loop.decision());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void otherNumbersOfSwitchesWork(int switches) {
    FakeBoard other = new FakeBoard(switches);
    String table = "0".repeat((1 << switches) - 1) + "1";
    ModelSlot otherSlot = new ModelSlot();
    otherSlot.publish(new TableModel(TruthTable.parse(table)));
    ControlLoop otherLoop = new ControlLoop(clock, other, otherSlot, 0);
    for (int row = 0; row < 1 << switches; row++) {
      other.setRow(row);
      otherLoop.tick(0);
      assertEquals(row, otherLoop.decision().row());
      assertEquals(row == (1 << switches) - 1, other.ledActive());
    }
  }

  @Test
  void eachTableHasItsLed() {
    TruthTable halfAdder = TruthTable.parse("0110,0001");
    slot.publish(new TableModel(halfAdder));
    int[] shown = new int[4];
    for (int row = 0; row < 4; row++) {
      board.setRow(row);
      tickFor(DEBOUNCE);
      shown[row] = board.shown();
      assertEquals(shown[row], loop.decision().answer());
    }
    assertArrayEquals(new int[] {0b00, 0b10, 0b10, 0b01}, shown);
    assertEquals("A=1 B=1 LED=0,1 output=0.1000,0.9000", loop.decision().text(halfAdder));
    loop.stop();
    loop.run();
    assertEquals(0, board.shown());
  }

  @Test
  void eightLedsAreDriven() {
    slot.publish(new TableModel(TruthTable.parse("01,10,01,10,01,10,01,10")));
    FakeBoard one = new FakeBoard(1);
    ControlLoop ownLoop = new ControlLoop(clock, one, slot, 0);
    ownLoop.tick(0);
    assertEquals(0b01010101, one.shown());
    one.setRow(1);
    ownLoop.tick(0);
    assertEquals(0b10101010, one.shown());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9})
  void boardsOfNoneOrTooManySwitchesAreRefused(int switches) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ControlLoop(clock, new FakeBoard(switches), slot, 0));
    assertEquals("the loop serves 1 to 8 switches, not " + switches, refused.getMessage());
  }

  @Test
  void pressOfAButtonChangesItsOperand_itsReleaseDoesNot() {
    FakeBoard buttons = new FakeBoard(2, 0b01);
    slot.publish(new TableModel(TruthTable.XOR));
    ControlLoop ownLoop = new ControlLoop(clock, buttons, slot, 0);
    StringBuilder rows = new StringBuilder();
    ownLoop.tick(0);
    for (int press = 0; press < 3; press++) {
      for (boolean isClosed : new boolean[] {true, false}) {
        buttons.set(1, isClosed);
        ownLoop.tick(0);
        rows.append(ownLoop.decision().row());
      }
    }
    assertEquals("110011", rows.toString());
    buttons.set(0, true);
    ownLoop.tick(0);
    assertEquals(0b11, ownLoop.decision().row());
    buttons.set(0, false);
    ownLoop.tick(0);
    assertEquals(0b01, ownLoop.decision().row());
    assertEquals(5, ownLoop.acceptedChanges());
  }

  /** Nobody pressed it as far as the device can tell: it was held before, or while blind. */
  @Test
  void buttonThatIsHeldAtTheStartOrAfterAFaultChangesNothing() {
    FakeBoard buttons = new FakeBoard(2, 0b11);
    slot.publish(new TableModel(TruthTable.XOR));
    ControlLoop ownLoop = new ControlLoop(clock, buttons, slot, 0);
    buttons.set(0, true);
    ownLoop.tick(0);
    assertEquals(0, ownLoop.decision().row());
    buttons.set(1, true);
    ownLoop.tick(0);
    assertEquals(0b01, ownLoop.decision().row());
    buttons.set(0, false);
    buttons.failReads(new IllegalStateException("loose wire"));
    ownLoop.tick(0);
    buttons.set(0, true);
    buttons.failReads(null);
    ownLoop.tick(0);
    assertEquals(0b01, ownLoop.decision().row());
    assertNull(ownLoop.outage());
  }

  @Test
  void bounceOfAButtonIsNoPress() {
    FakeBoard buttons = new FakeBoard(1, 1);
    ManualClock ownClock = new ManualClock();
    ModelSlot ownSlot = new ModelSlot();
    ownSlot.publish(new TableModel(TruthTable.parse("01")));
    ControlLoop ownLoop = new ControlLoop(ownClock, buttons, ownSlot, DEBOUNCE);
    for (int bounce = 0; bounce < 5; bounce++) {
      ownClock.at((10 + 2 * bounce) * MS, () -> buttons.set(0, true));
      ownClock.at((11 + 2 * bounce) * MS, () -> buttons.set(0, false));
      ownClock.at((60 + 2 * bounce) * MS, () -> buttons.set(0, false));
      ownClock.at((61 + 2 * bounce) * MS, () -> buttons.set(0, true));
    }
    ownClock.at(20 * MS, () -> buttons.set(0, true));
    ownClock.at(70 * MS, () -> buttons.set(0, false));
    ownClock.at(110 * MS, ownLoop::stop);
    ownLoop.run();
    assertEquals(1, ownLoop.decision().row());
    assertEquals(List.of(0, 1, 0), buttons.ledWrites());
  }

  // Debounce and sleep

  @Test
  void settledLoop_sleepsTheIdlePeriod() {
    slot.publish(new TableModel(TruthTable.XOR));
    assertEquals(500 * MS, tick());
    assertEquals(500 * MS, ControlLoop.IDLE_PERIOD_NANOS);
  }

  @Test
  void withoutEdges_theLevelsAreReadOften() {
    slot.publish(new TableModel(TruthTable.XOR));
    board.withoutEdges();
    assertEquals(5 * MS, tick());
    assertEquals(5 * MS, ControlLoop.READ_PERIOD_NANOS);
  }

  @Test
  void pendingChange_isAcceptedExactlyWhenItsPeriodEnds() {
    slot.publish(new TableModel(TruthTable.XOR));
    tick();
    board.set(0, true);
    assertEquals(5 * MS, tick());
    clock.advance(5 * MS);
    assertEquals(5 * MS, tick());
    clock.advance(5 * MS);
    assertEquals(2 * MS, tick());
    clock.advance(2 * MS - 1);
    assertEquals(1, tick());
    assertFalse(board.ledActive());
    clock.advance(1);
    assertEquals(500 * MS, tick());
    assertTrue(board.ledActive());
    assertEquals(1, loop.acceptedChanges());
    assertEquals(0, loop.rejectedBounces());
  }

  @Test
  void edge_isAnsweredAfterTheDebouncePeriodToTheNanosecond() {
    slot.publish(new TableModel(TruthTable.XOR));
    clock.at(33 * MS + 7, () -> board.set(1, true));
    clock.at(33 * MS + 7 + DEBOUNCE, () -> assertFalse(board.ledActive()));
    clock.at(33 * MS + 8 + DEBOUNCE, () -> assertTrue(board.ledActive()));
    runFor(60 * MS);
    assertEquals(List.of(0, 1, 0), board.ledWrites());
  }

  @Test
  void bounceBurst_changesTheLedOnce_andIsCounted() {
    slot.publish(new TableModel(TruthTable.XOR));
    for (int bounce = 0; bounce < 7; bounce++) {
      clock.at((10 + 2 * bounce) * MS, () -> board.set(0, true));
      clock.at((11 + 2 * bounce) * MS, () -> board.set(0, false));
    }
    clock.at(24 * MS, () -> board.set(0, true));
    clock.at(24 * MS + DEBOUNCE - 1, () -> assertFalse(board.ledActive()));
    clock.at(24 * MS + DEBOUNCE + 1, () -> assertTrue(board.ledActive()));
    runFor(60 * MS);
    assertEquals(7, loop.rejectedBounces());
    assertEquals(1, loop.acceptedChanges());
    assertEquals(List.of(0, 1, 0), board.ledWrites());
  }

  @Test
  void slowEdge_thatWaversWithoutAnyEvent_settlesOnce() {
    board.withoutEdges();
    slot.publish(new TableModel(TruthTable.XOR));
    for (int wave = 0; wave < 20; wave++) {
      boolean level = wave % 2 == 0;
      clock.at((10 + 5 * wave) * MS, () -> board.setWithLostEdge(0, level));
    }
    clock.at(110 * MS, () -> board.setWithLostEdge(0, true));
    clock.at(110 * MS + DEBOUNCE, () -> assertFalse(board.ledActive()));
    runFor(150 * MS);
    assertEquals(List.of(0, 1, 0), board.ledWrites());
    assertEquals(1, loop.acceptedChanges());
  }

  @Test
  void lostEdge_costsAtMostOneIdlePeriod() {
    slot.publish(new TableModel(TruthTable.XOR));
    for (long phase = 0; phase < 500 * MS; phase += 50 * MS) {
      long flip = 2_000 * MS + phase;
      ManualClock ownClock = new ManualClock();
      FakeBoard ownBoard = new FakeBoard(2);
      ControlLoop ownLoop = new ControlLoop(ownClock, ownBoard, slot, 0);
      ownClock.at(flip, () -> ownBoard.setWithLostEdge(0, true));
      ownClock.at(flip + 500 * MS + 1, () -> assertTrue(ownBoard.ledActive()));
      ownClock.at(4_000 * MS, ownLoop::stop);
      ownLoop.run();
    }
  }

  @Test
  void afterALostEdge_theLevelsAreReadOftenUntilTheNextEdge() {
    slot.publish(new TableModel(TruthTable.XOR));
    tick();
    board.setWithLostEdge(0, true);
    assertEquals(5 * MS, tick());
    clock.advance(DEBOUNCE);
    assertEquals(5 * MS, tick());
    assertTrue(board.ledActive());
    board.setWithLostEdge(0, false);
    tick();
    clock.advance(DEBOUNCE);
    assertEquals(5 * MS, tick());
    assertFalse(board.ledActive());
    board.set(1, true);
    tick();
    clock.advance(DEBOUNCE);
    assertEquals(500 * MS, tick());
  }

  /** The board's thread may be slower than a reading. */
  @Test
  void edgeThatIsReportedAfterItsChangeWasRead_isNotLost() {
    slot.publish(new TableModel(TruthTable.XOR));
    tick();
    board.setWithLostEdge(0, true);
    tick();
    board.set(0, false);
    tick();
    clock.advance(DEBOUNCE);
    assertEquals(500 * MS, tick());
  }

  @Test
  void switchesAreDebouncedOneByOne() {
    slot.publish(new TableModel(AND));
    tick();
    board.set(0, true);
    tick();
    clock.advance(8 * MS);
    board.set(1, true);
    tickFor(4 * MS);
    assertEquals(2, loop.decision().row());
    tickFor(8 * MS);
    assertEquals(3, loop.decision().row());
    assertEquals(2, loop.acceptedChanges());
    assertTrue(board.ledActive());
  }

  // Models

  @Test
  void withoutAModel_theLedIsOff_andSwitchesAreStillShown() {
    board.setRow(3);
    tick();
    assertFalse(board.ledActive());
    assertEquals(List.of(0), board.ledWrites());
    assertEquals(new Decision(0, 3, 0), loop.decision());
    assertEquals("no model", loop.outage());
    assertEquals(0, loop.faults());
  }

  @Test
  void nextTickAnswersFromTheNewModel() {
    board.setRow(1);
    slot.publish(new TableModel(TruthTable.XOR));
    tick();
    assertTrue(board.ledActive());
    slot.publish(new TableModel(AND));
    tick();
    assertFalse(board.ledActive());
    assertEquals(new Decision(2, 1, 0, 0.1f), loop.decision());
  }

  @Test
  void modelPublishedInsideATick_isTakenByTheNext() {
    board.setRow(1);
    slot.publish(new TableModel(TruthTable.XOR).before(() -> slot.publish(new TableModel(AND))));
    tick();
    assertEquals(new Decision(1, 1, 1, 0.9f), loop.decision());
    tick();
    assertEquals(new Decision(2, 1, 0, 0.1f), loop.decision());
  }

  @Test
  void switchMovedWhileTheModelIsReplaced_isAnsweredByTheNewModel() {
    slot.publish(
        new TableModel(TruthTable.XOR)
            .before(() -> {
              if (clock.nanoTime() - Long.MAX_VALUE + 30 * MS >= 20 * MS
                  && slot.generation() == 1) {
                board.setRow(3);
                slot.publish(new TableModel(AND));
              }
            }));
    clock.at(20 * MS, loop::wake);
    clock.at(
        20 * MS + DEBOUNCE + 1, () -> assertEquals(new Decision(2, 3, 1, 0.9f), loop.decision()));
    runFor(50 * MS);
    assertEquals(2, loop.acceptedChanges());
    assertEquals(List.of(0, 1, 0), board.ledWrites());
  }

  @ParameterizedTest
  @CsvSource({"01,1,1", "01101001,1,3", "0110,3,2"})
  void modelThatDoesNotFit_isAFault_untilOneFits(String table, int outputs, int inputs) {
    slot.publish(new TableModel(TruthTable.XOR));
    board.setRow(1);
    tick();
    slot.publish(new TableModel(TruthTable.parse(table), outputs));
    assertEquals(1000 * MS, tick());
    assertFalse(board.ledActive());
    assertEquals(new Decision(2, 1, 0), loop.decision());
    assertEquals(
        "running the model: a model of "
            + inputs
            + " inputs and "
            + outputs
            + " outputs does not fit 2 switches and 1 to 8 LEDs",
        loop.outage());
    slot.publish(new TableModel(TruthTable.XOR));
    assertEquals(500 * MS, tick());
    assertTrue(board.ledActive());
    assertNull(loop.outage());
    assertEquals(1, loop.faults());
  }

  @ParameterizedTest
  @CsvSource({
    "NaN,1,NaN",
    "Infinity,1,Infinity",
    "-Infinity,1,-Infinity",
    "NaN,2,NaN",
    "Infinity,2,Infinity"
  })
  void outputThatIsNotFinite_isAFault(float scale, int outputs, String shown) {
    board.setRow(1);
    slot.publish(new TableModel(TruthTable.XOR, outputs).scale(scale));
    tick();
    assertFalse(board.ledActive());
    assertFalse(loop.decision().valid());
    assertEquals("running the model: the output is " + shown, loop.outage());
  }

  // Faults

  private void lightLed() {
    slot.publish(new TableModel(TruthTable.XOR));
    board.setRow(1);
    tick();
    assertTrue(board.ledActive());
  }

  @Test
  void readFault_darkensTheLed_andIsOverWhenThePinWorks() {
    lightLed();
    board.failReads(new IllegalStateException("loose wire"));
    assertEquals(1000 * MS, tick());
    assertFalse(board.ledActive());
    assertEquals("reading the switches: loose wire", loop.outage());
    assertEquals(new Decision(1, 1, 0), loop.decision());
    tick();
    assertEquals(2, loop.faults());

    board.failReads(null);
    assertEquals(500 * MS, tick());
    assertTrue(board.ledActive());
    assertEquals(new Decision(1, 1, 1, 0.9f), loop.decision());
    assertNull(loop.outage());
    assertEquals("reading the switches: loose wire", loop.lastFault());
    assertEquals(2, loop.faults());
  }

  @Test
  void writeFault_isKept_andTheLedIsWrittenAgain() {
    lightLed();
    board.failWrites(new IllegalStateException("line is gone"));
    tick();
    assertEquals(0, loop.faults());
    board.set(1, false);
    tick();
    clock.advance(DEBOUNCE);
    assertEquals(1000 * MS, tick());
    assertEquals("driving the LED: line is gone; the LED could not be switched off", loop.outage());
    assertEquals("driving the LED: line is gone", loop.lastFault());
    board.failWrites(null);
    board.set(1, true);
    tick();
    assertTrue(board.ledActive());
    assertNull(loop.outage());
    assertEquals(List.of(1, 1), board.ledWrites());
  }

  @Test
  void darkLedIsWrittenAgainAfterAFault() {
    slot.publish(new TableModel(TruthTable.XOR));
    tick();
    board.failReads(new IllegalStateException("loose wire"));
    tick();
    board.failReads(null);
    tick();
    tick();
    assertEquals(List.of(0, 0, 0), board.ledWrites());
  }

  @Test
  void modelFault_darkensTheLed() {
    lightLed();
    slot.publish(
        new TableModel(TruthTable.XOR)
            .before(() -> {
              throw new ArithmeticException();
            }));
    tick();
    assertFalse(board.ledActive());
    assertEquals("running the model: java.lang.ArithmeticException", loop.outage());
  }

  @Test
  void errorsOfAPin_doNotKillTheLoop() {
    slot.publish(new TableModel(TruthTable.XOR));
    board.setRow(1);
    clock.at(
        10 * MS,
        () -> {
          board.failReads(new UnsatisfiedLinkError("no such native"));
          loop.wake();
        });
    clock.at(
        20 * MS,
        () -> {
          assertEquals("reading the switches: no such native", loop.outage());
          assertFalse(board.ledActive());
          board.failReads(null);
        });
    clock.at(1010 * MS + 1, () -> assertTrue(board.ledActive()));
    runFor(1100 * MS);
    assertEquals(1, loop.faults());
  }

  @Test
  void edgeDuringAFault_triesAtOnce() {
    lightLed();
    clock.at(
        0,
        () -> {
          board.failReads(new IllegalStateException("loose wire"));
          loop.wake();
        });
    clock.at(
        300 * MS,
        () -> {
          board.failReads(null);
          board.setRow(2);
        });
    clock.at(300 * MS + 1, () -> assertTrue(board.ledActive()));
    runFor(400 * MS);
    assertEquals(1, loop.faults());
  }

  @Test
  void afterAFault_theFirstReadingIsTheLevel() {
    lightLed();
    board.failReads(new IllegalStateException("loose wire"));
    tick();
    board.failReads(null);
    board.setRow(3);
    tick();
    assertEquals(3, loop.decision().row());
    assertEquals(1, loop.acceptedChanges());
  }

  // The life of the loop

  @Test
  void stop_leavesTheLedOff_andSaysSo() {
    slot.publish(new TableModel(TruthTable.XOR));
    board.setRow(1);
    clock.at(20 * MS, () -> assertTrue(board.ledActive()));
    runFor(21 * MS);
    assertFalse(board.ledActive());
    assertEquals("stopped", loop.outage());
    assertEquals(new Decision(1, 1, 0), loop.decision());
    assertNull(loop.lastFault());
  }

  @Test
  void stop_doesNotWaitForTheSleepToEnd() {
    clock.at(7 * MS, loop::stop);
    long start = clock.nanoTime();
    loop.run();
    assertEquals(7 * MS, clock.nanoTime() - start);
  }

  @Test
  void stop_thatCannotReachTheLed_saysSo() {
    slot.publish(new TableModel(TruthTable.XOR));
    clock.at(6 * MS, () -> board.failWrites(new IllegalStateException("line is gone")));
    runFor(7 * MS);
    assertEquals("stopped; the LED could not be switched off", loop.outage());
  }

  @Test
  void stoppedBeforeItRan_itTouchesOnlyTheLed() {
    loop.stop();
    loop.run();
    assertEquals(0, board.reads());
    assertEquals(List.of(0), board.ledWrites());
    assertEquals(0, loop.heartbeat());
  }

  @Test
  void interruptEndsTheLoop() {
    clock.at(6 * MS, () -> Thread.currentThread().interrupt());
    loop.run();
    assertTrue(Thread.interrupted());
    assertEquals("interrupted", loop.outage());
    assertEquals(List.of(0, 0), board.ledWrites());
  }

  @Test
  void errorOutsideATick_endsTheLoopDark_andIsNotSwallowed() {
    slot.publish(new TableModel(TruthTable.XOR));
    board.setRow(1);
    clock.at(
        6 * MS,
        () -> {
          throw new IllegalStateException("broken clock");
        });
    assertThrows(IllegalStateException.class, loop::run);
    assertFalse(board.ledActive());
    assertEquals("stopped by an error", loop.outage());
  }

  @Test
  void heartbeat_countsEveryTick_theFaultyOnesToo() {
    assertEquals(0, loop.heartbeat());
    assertEquals("not started", loop.outage());
    tick();
    board.failReads(new IllegalStateException("loose wire"));
    tick();
    assertEquals(2, loop.heartbeat());
    runFor(4 * MS);
    assertEquals(3, loop.heartbeat());
  }

  @Test
  void steadyLoop_readsOncePerTick_andWritesTheLedOnce() {
    slot.publish(new TableModel(TruthTable.XOR));
    runFor(10_000 * MS - 1);
    assertEquals(20, loop.heartbeat());
    assertEquals(20, board.reads());
    assertEquals(List.of(0, 0), board.ledWrites());
  }

  @Test
  void onlyANewDecisionWakesItsListener() {
    int[] wakes = {0};
    loop.onDecision(() -> wakes[0]++);
    slot.publish(new TableModel(TruthTable.XOR));
    tick();
    assertEquals(1, wakes[0]);
    tick();
    assertEquals(1, wakes[0]);
    board.set(0, true);
    tick();
    assertEquals(1, wakes[0]);
    clock.advance(DEBOUNCE);
    tick();
    assertEquals(2, wakes[0]);
    loop.stop();
    loop.run();
    assertEquals(3, wakes[0]);
  }

  // Memory

  /**
   * In 32 ticks: switch A bounces once and settles, then B moves cleanly; the LED changes twice.
   */
  @Test
  @Tag("allocation")
  void tick_allocatesNothing_whileSwitchesBounceAndTheLedChanges() {
    FakeBoard busyBoard = new FakeBoard(2);
    ControlLoop busy = new ControlLoop(clock, busyBoard, slot, 3);
    slot.publish(new TableModel(TruthTable.XOR));
    long[] ticks = {0};
    Runnable busyTick =
        () -> {
          boolean even = (ticks[0] & 32) == 0;
          switch ((int) (ticks[0] & 31)) {
            case 1, 3 -> busyBoard.set(0, even);
            case 2 -> busyBoard.set(0, !even);
            case 16 -> busyBoard.set(1, even);
            default -> {}
          }
          busy.tick(ticks[0]++);
        };
    AllocatedBytes.requireNone("the tick", busyTick, 32_000);
    assertEquals(0, busy.faults());
    assertTrue(busy.heartbeat() >= 160_000);
    assertEquals(busy.heartbeat() / 32 * 2, busy.acceptedChanges());
    assertEquals(busy.heartbeat() / 32, busy.rejectedBounces());
  }

  @Test
  @Tag("allocation")
  void tick_allocatesNothing_withoutAModel() {
    AllocatedBytes.requireNone("the idle tick", () -> loop.tick(0), 20_000);
  }
}
