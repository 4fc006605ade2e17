package dev.switchback.tools.cli.here;

import dev.switchback.Clock;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.Line;
import dev.switchback.device.board.Wiring;
import dev.switchback.device.board.linux.HeaderPins;
import dev.switchback.device.board.pi4j.SimulatedBoard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Interactive wiring check: asks the user to flip each switch and to look at each LED. On the
 * simulated board, the line {@code a} flips switch A. One thread; a second one reads the lines.
 */
final class WiringCheck {
  private static final long POLL_NANOS = 5_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Equal readings that count as a stable level; contacts bounce for some milliseconds. */
  private static final int STEADY_READINGS = 5;

  private final Wiring wiring;
  private final Board board;
  private final PrintWriter out;
  private final Clock clock;
  private final int limitSeconds;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private volatile boolean hasEnded;
  private final List<String> unresponsive = new ArrayList<>();

  /**
   * Creates a check; {@link #run} starts it.
   *
   * @param limitSeconds time limit of each step
   */
  WiringCheck(
      Wiring wiring,
      Board board,
      BufferedReader in,
      PrintWriter out,
      Clock clock,
      int limitSeconds) {
    this.wiring = wiring;
    this.board = board;
    this.out = out;
    this.clock = clock;
    this.limitSeconds = limitSeconds;
    Thread.ofPlatform().name("lines").daemon().start(() -> read(in));
  }

  private void read(BufferedReader in) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line.strip());
        clock.wake();
      }
    } catch (IOException e) {
      lines.add("standard input: " + e.getMessage());
    }
    hasEnded = true;
    clock.wake();
  }

  /** Runs all steps; blocks. Returns the names of the parts that did not respond. */
  List<String> run() {
    out.println(
        "checking " + board + "; each step waits up to " + limitSeconds + " s, Ctrl-C quits");
    for (int i = 0; i < wiring.switches().size(); i++) {
      checkSwitch(i);
    }
    Wiring.Switch teach = wiring.teach();
    if (teach != null) {
      checkTeach(teach);
    }
    for (int i = 0; i < wiring.leds().size(); i++) {
      checkLed(i);
    }
    out.println(
        unresponsive.isEmpty()
            ? "all parts respond: the wiring is correct"
            : "no response: " + String.join(", ", unresponsive));
    return unresponsive;
  }

  private Line line(int index) {
    return wiring.switches().get(index).line();
  }

  private void checkSwitch(int i) {
    String name = Wiring.switchName(i);
    String hint =
        board instanceof SimulatedBoard ? ": type " + (char) ('a' + i) + " and Enter" : "";
    boolean isButton = isSet(board.buttons(), i);
    String move = isButton ? "press " : "flip ";
    out.println(move + name + " (" + HeaderPins.place(line(i)) + ")" + hint);
    int before = row();
    int moved = awaitMove(before);
    if (moved == i) {
      out.println(
          "  " + HeaderPins.name(line(i)) + " is now " + (isSet(before, i) ? "open" : "closed"));
      if (isButton) {
        awaitRelease(before);
      }
      return;
    }
    unresponsive.add(name);
    out.println(
        moved < 0
            ? "  no change"
                + why()
                + "; check both ends of its wires: "
                + HeaderPins.place(line(i))
                + ", and "
                + HeaderPins.rail(wiring.switches().get(i).activeLow())
            : "  "
                + Wiring.switchName(moved)
                + " moved instead, on "
                + HeaderPins.place(line(moved))
                + ": are the two wires swapped?");
  }

  private void checkTeach(Wiring.Switch teach) {
    String hint = board instanceof SimulatedBoard ? ": type t and Enter" : "";
    out.println("press the teach button (" + HeaderPins.place(teach.line()) + ")" + hint);
    long startNanos = clock.nanoTime();
    int readings = 0;
    boolean canMove = true;
    while (readings < STEADY_READINGS && canMove && isInTime(startNanos)) {
      readings = (board.readSwitches() & Board.TEACH) != 0 ? readings + 1 : 0;
      canMove = readings > 0 || flipNext();
      clock.await(POLL_NANOS);
    }
    if (readings == STEADY_READINGS) {
      out.println("  " + HeaderPins.name(teach.line()) + " is pressed");
      return;
    }
    unresponsive.add(wiring.parts().getLast().name());
    out.println(
        "  no press"
            + why()
            + "; check both ends of its wires: "
            + HeaderPins.place(teach.line())
            + ", and "
            + HeaderPins.rail(teach.activeLow()));
  }

  /** So that the release is not taken for the next switch. */
  private void awaitRelease(int before) {
    long startNanos = clock.nanoTime();
    while (row() != before && isInTime(startNanos)) {
      clock.await(POLL_NANOS);
    }
  }

  private int row() {
    return board.readSwitches() & ~Board.TEACH;
  }

  private boolean isSet(int row, int index) {
    return TruthTable.level(row, index, board.switches()) == 1;
  }

  private String why() {
    return hasEnded && lines.isEmpty() && board instanceof SimulatedBoard
        ? "; the input has ended"
        : " in " + limitSeconds + " s";
  }

  /** Returns the first switch that changes to a stable new level; -1 if none does in time. */
  private int awaitMove(int before) {
    int[] readings = new int[board.switches()];
    long startNanos = clock.nanoTime();
    while (isInTime(startNanos)) {
      boolean canMove = row() != before || flipNext();
      int now = row();
      for (int i = 0; i < readings.length; i++) {
        readings[i] = isSet(now, i) == isSet(before, i) ? 0 : readings[i] + 1;
        if (readings[i] == STEADY_READINGS) {
          return i;
        }
      }
      if (!canMove && now == before) {
        return -1;
      }
      clock.await(POLL_NANOS);
    }
    return -1;
  }

  private boolean isInTime(long startNanos) {
    return clock.nanoTime() - startNanos < limitSeconds * NANOS_PER_SECOND;
  }

  /** Applies the next line to the simulated board; returns false if the input has ended. */
  private boolean flipNext() {
    if (!(board instanceof SimulatedBoard simulated)) {
      return true;
    }
    boolean isLast = hasEnded;
    String line = lines.poll();
    if (line == null) {
      return !isLast;
    }
    int index = line.length() == 1 ? line.charAt(0) - 'a' : -1;
    if (line.equals("t")) {
      simulated.setTeach(true);
    } else if (index >= 0 && index < board.switches()) {
      simulated.setSwitch(index, !isSet(row(), index));
    } else if (!line.isEmpty()) {
      out.println("  unknown switch '" + line + "'");
    }
    return true;
  }

  private void checkLed(int index) {
    Wiring.Led led = wiring.leds().get(index);
    String name = wiring.parts().get(wiring.switches().size() + index).name();
    boolean isSeen = isLedSeen(name, index);
    board.setLeds(0);
    if (!isSeen) {
      unresponsive.add(name);
      out.println(
          "  check the wires of "
              + name
              + ": "
              + HeaderPins.place(led.line())
              + (led.activeLow()
                  ? ", to its short leg, the long one through 330 ohm to "
                  : ", through 330 ohm to its long leg, the short one to ")
              + HeaderPins.rail(!led.activeLow()));
    }
  }

  private boolean isLedSeen(String name, int index) {
    String place = " (" + HeaderPins.place(wiring.leds().get(index).line()) + ")";
    board.setLeds(1 << (wiring.leds().size() - 1 - index));
    if (!isYes(name + place + " is on: do you see it? y/n")) {
      return false;
    }
    board.setLeds(0);
    return isYes(name + " is off now: is it dark? y/n");
  }

  private boolean isYes(String question) {
    out.println(question);
    String answer = answer();
    if (answer == null) {
      out.println(
          "  no answer" + (hasEnded ? ": the input has ended" : " in " + limitSeconds + " s"));
    }
    return "y".equals(answer);
  }

  /** Returns {@code y} or {@code n}, or null if neither arrives in time. */
  private @Nullable String answer() {
    long startNanos = clock.nanoTime();
    while (isInTime(startNanos)) {
      boolean isLast = hasEnded;
      String line = lines.poll();
      if (line == null && isLast) {
        return null;
      }
      if (line == null) {
        clock.await(POLL_NANOS);
      } else if (line.startsWith("y") || line.startsWith("n")) {
        return line.substring(0, 1);
      } else {
        out.println("  answer y or n");
      }
    }
    return null;
  }
}
