package dev.switchback.device.board.pi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.SystemClock;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.Line;
import dev.switchback.device.board.Pull;
import dev.switchback.device.board.Wiring;
import dev.switchback.device.control.ControlLoop;
import dev.switchback.device.control.Decision;
import dev.switchback.device.control.ModelSlot;
import dev.switchback.sim.AllocatedBytes;
import dev.switchback.sim.TableModel;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedBoardTest {
  private static Wiring wiring(Pull pull, boolean switchActiveLow, boolean ledActiveLow) {
    return new Wiring(
        Stream.of(5, 6, 13)
            .map(bcm -> new Wiring.Switch(new Line.Bcm(bcm), pull, switchActiveLow, false))
            .toList(),
        List.of(new Wiring.Led(new Line.Bcm(26), ledActiveLow)));
  }

  @ParameterizedTest
  @CsvSource({
    "UP,true,false",
    "DOWN,false,false",
    "NONE,true,false",
    "NONE,false,false",
    "UP,false,true",
    "DOWN,true,true"
  })
  void openSwitchesReadWhatThePullSays(Pull pull, boolean activeLow, boolean active) {
    try (SimulatedBoard board = SimulatedBoard.open(wiring(pull, activeLow, false))) {
      assertEquals(active ? 0b111 : 0, board.readSwitches());
    }
  }

  @Test
  void theTeachButtonIsReadWithTheSwitches_andWakes() {
    Wiring.Switch teach = new Wiring.Switch(new Line.Bcm(23), Pull.DOWN, false, false);
    Wiring plain = wiring(Pull.UP, true, false);
    try (SimulatedBoard board =
        SimulatedBoard.open(new Wiring(plain.switches(), plain.leds(), teach))) {
      AtomicInteger wakes = new AtomicInteger();
      board.onEdge(wakes::incrementAndGet);
      assertEquals(0, board.readSwitches());
      board.setTeach(true);
      board.setSwitch(0, true);
      assertEquals(Board.TEACH | 0b100, board.readSwitches());
      board.setTeach(false);
      assertEquals(0b100, board.readSwitches());
      assertEquals(3, wakes.get());
    }
  }

  @Test
  void allSwitchesMoveAtOnce() {
    try (SimulatedBoard board = SimulatedBoard.open(wiring(Pull.UP, true, false))) {
      AtomicInteger wakes = new AtomicInteger();
      board.onEdge(wakes::incrementAndGet);
      board.setSwitches(0b110);
      assertEquals(0b110, board.readSwitches());
      assertEquals(0b110, board.position());
      assertEquals(2, wakes.get());
      board.setSwitch(0, false);
      assertEquals(0b010, board.position());
      board.setSwitches(0);
      assertEquals(0, board.readSwitches());
    }
  }

  @Test
  void eachLedIsDrivenByItsBit() {
    List<Wiring.Led> leds =
        List.of(
            new Wiring.Led(new Line.Bcm(26), false),
            new Wiring.Led(new Line.Bcm(22), true),
            new Wiring.Led(new Line.Bcm(16), false));
    try (SimulatedBoard board =
        SimulatedBoard.open(new Wiring(wiring(Pull.UP, true, false).switches(), leds))) {
      for (int answer = 0; answer < 8; answer++) {
        board.setLeds(answer);
        assertEquals(answer, board.shown());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void switchesAndLedSpeakOfActive_whateverTheLevels(boolean switchLow, boolean ledLow) {
    SimulatedBoard board =
        SimulatedBoard.open(wiring(switchLow ? Pull.UP : Pull.DOWN, switchLow, ledLow));
    board.setSwitch(1, true);
    assertEquals(0b010, board.readSwitches());
    board.setSwitch(1, false);
    assertEquals(0, board.readSwitches());
    assertEquals(0, board.shown());
    board.setLeds(1);
    assertEquals(1, board.shown());
    board.close();
    assertEquals(0, board.shown());
  }

  @Test
  void boardsDoNotShareTheirLines() {
    SimulatedBoard one = SimulatedBoard.open(Wiring.DEFAULT);
    SimulatedBoard other = SimulatedBoard.open(Wiring.DEFAULT);
    one.setSwitch(0, true);
    one.setLeds(1);
    assertEquals(0, other.readSwitches());
    assertEquals(0, other.shown());
    one.close();
    other.setLeds(1);
    assertEquals(1, other.shown());
    other.close();
  }

  @Test
  void edgeWakesOnceOnTheMovingThread() {
    try (SimulatedBoard board = SimulatedBoard.open(Wiring.DEFAULT)) {
      AtomicInteger wakes = new AtomicInteger();
      board.onEdge(wakes::incrementAndGet);
      board.setSwitch(0, true);
      board.setSwitch(0, true);
      assertEquals(1, wakes.get());
      assertEquals("simulated board", board.toString());
    }
  }

  @Test
  void pushButtonsOfTheWiringAreToggleSwitchesHere_andNoLedIsFine() {
    Wiring wiring =
        new Wiring(
            List.of(new Wiring.Switch(new Line.OnChip("extra", 3), Pull.UP, true, true)),
            List.of());
    try (SimulatedBoard board = SimulatedBoard.open(wiring)) {
      assertEquals(0, board.buttons());
      board.setLeds(1);
      assertFalse(board.hasLeds());
      assertEquals(0, board.shown());
      board.setSwitch(0, true);
      assertEquals(1, board.readSwitches());
    }
  }

  @Test
  @Tag("allocation")
  void readingDrivingAndTickingAllocateNothing() {
    try (SimulatedBoard board = SimulatedBoard.open(Wiring.DEFAULT)) {
      AllocatedBytes.requireNone("a reading", board::readSwitches, 200);
      int[] calls = new int[1];
      AllocatedBytes.requireNone("a write", () -> board.setLeds(calls[0]++ & 1), 200);
    }
  }

  @Test
  void noThreadIsLeftBehind() throws InterruptedException {
    SimulatedBoard board = SimulatedBoard.open(Wiring.DEFAULT);
    board.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("Pi4J")) {
        assertTrue(thread.join(Duration.ofSeconds(20)), thread.getName());
      }
    }
  }

  // The loop on its thread

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - deadline < 0, "waited in vain for " + what);
      LockSupport.parkNanos(20_000);
    }
  }

  @ParameterizedTest
  @CsvSource({"0,500", "1000000,100"})
  void loopOnItsThread_answersEveryFlip_fromTheNewPosition(long debounceNanos, int flips)
      throws InterruptedException {
    SimulatedBoard board = SimulatedBoard.open(Wiring.DEFAULT);
    ModelSlot slot = new ModelSlot();
    ControlLoop loop = new ControlLoop(new SystemClock(), board, slot, debounceNanos);
    int generation = slot.publish(new TableModel(TruthTable.XOR));
    Thread thread = new Thread(loop, "control");
    thread.start();
    await("the first tick", () -> loop.heartbeat() > 0);
    SplittableRandom random = new SplittableRandom(1);
    int row = 0;
    int wrong = 0;
    for (int flip = 0; flip < flips; flip++) {
      int index = random.nextInt(2);
      row ^= 2 >> index;
      int position = row;
      board.setSwitch(index, (row & 2 >> index) != 0);
      await("flip " + flip, () -> loop.decision().row() == position && loop.decision().valid());
      boolean expected = TruthTable.XOR.answer(row) == 1;
      wrong += (board.shown() == 1) == expected ? 0 : 1;
      assertEquals(
          new Decision(generation, row, expected ? 1 : 0, expected ? 0.9f : 0.1f), loop.decision());
    }
    assertEquals(0, wrong);
    assertEquals(flips, loop.acceptedChanges());
    assertNull(loop.lastFault());
    loop.stop();
    assertTrue(thread.join(Duration.ofSeconds(20)));
    assertEquals(0, board.shown());
    assertEquals("stopped", loop.outage());
    board.close();
  }

  @Test
  void modelReplacedUnderTheRunningLoop_answersNext() throws InterruptedException {
    SimulatedBoard board = SimulatedBoard.open(Wiring.DEFAULT);
    ModelSlot slot = new ModelSlot();
    SystemClock clock = new SystemClock();
    ControlLoop loop = new ControlLoop(clock, board, slot, 0);
    board.setSwitch(0, true);
    Thread thread = new Thread(loop, "control");
    thread.start();
    await("the first tick", () -> loop.heartbeat() > 0);
    assertEquals("no model", loop.outage());
    for (int swap = 0; swap < 50; swap++) {
      TruthTable table = TruthTable.parse(swap % 2 == 0 ? "0110" : "0001");
      int generation = slot.publish(new TableModel(table));
      clock.wake();
      await("generation " + generation, () -> loop.decision().generation() == generation);
      assertEquals(1 - swap % 2, board.shown());
      assertNull(loop.outage());
    }
    loop.stop();
    assertTrue(thread.join(Duration.ofSeconds(20)));
    board.close();
  }

  @Test
  void closingUnderTheRunningLoop_isAFaultWithAReason_andTheLedStaysOff()
      throws InterruptedException {
    SimulatedBoard board = SimulatedBoard.open(Wiring.DEFAULT);
    ModelSlot slot = new ModelSlot();
    slot.publish(new TableModel(TruthTable.parse("1111")));
    ControlLoop loop = new ControlLoop(new SystemClock(), board, slot, 0);
    Thread thread = new Thread(loop, "control");
    thread.start();
    await("the LED", () -> board.shown() == 1);
    board.close();
    await("the fault", () -> loop.faults() > 0);
    assertEquals(
        "reading the switches: the board is closed; the LED could not be switched off",
        loop.outage());
    assertEquals(0, board.shown());
    loop.stop();
    assertTrue(thread.join(Duration.ofSeconds(20)));
  }
}
