package dev.switchback.life;

import dev.switchback.device.node.Device;
import dev.switchback.device.node.DeviceLife;
import dev.switchback.sim.FakeBoard;
import java.util.Random;

/** The owner at the shell of a device with nothing broken, with a client's frames in between. */
final class ShellVisit {
  /** More than an SMP client keeps the line after an answer, and than a sender takes to end. */
  private static final long QUIET_NANOS = 2_200_000_000L;

  private static final long DEBOUNCED_NANOS = 100_000_000;
  private static final long FRAME_TIMEOUT_NANOS = 3_100_000_000L;
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** More seconds than a receiver waits for a sender to begin. */
  private static final int PATIENCE_SECONDS = 70;

  private final DeviceLife program;
  private final Device device;
  private final Peers peers;
  private final FakeBoard board;

  ShellVisit(DeviceLife program, Peers peers, FakeBoard board) {
    this.program = program;
    this.device = program.device();
    this.peers = peers;
    this.board = board;
  }

  void run(Random random) {
    requireHeld();
    requireCommands();
    requireWatch();
    requireHalfTypedLine();
    requireFramesEnd();
    requireNewLine(random);
    requireLoadEnds();
  }

  /** A frame keeps the line for two seconds, then the prompt is there again. */
  private void requireHeld() {
    peers.echoAndType("slots\r");
    require(peers.typed("\003").isEmpty(), "text came between frames");
    waitQuietly();
    String held = peers.typed("\003");
    require(held.contains("slot 0: "), "what was held back is lost: " + held);
    requirePrompt(held);
  }

  private void requireCommands() {
    String slots = peers.typed("slots\r");
    require(slots.contains("slot 0: ") && slots.contains("slot 1: "), "slots shows: " + slots);
    requirePrompt(slots);
    String answer = peers.typed("  infer  0 1 \r");
    require(answer.contains(device.truth().answer(1) + " (output "), "infer 0 1 shows: " + answer);
    requirePrompt(answer);
    String unknown = peers.typed("frob\r");
    require(unknown.contains("'frob' is not a command"), "frob shows: " + unknown);
    requirePrompt(unknown);
    requirePrompt(peers.typed("\r"));
  }

  /** Each change of a switch is a line until a key is pressed; frames hold the lines back. */
  private void requireWatch() {
    String begun = peers.typed("watch\r\n");
    require(begun.contains(position()), "watch begins with: " + begun);
    require(!isPrompt(begun), "a prompt while watch runs");
    turn();
    String changed = peers.typed("");
    require(changed.contains(position()), "watch misses a change: " + changed);
    require(peers.typed("").isEmpty(), "watch repeats a position");
    peers.echo();
    turn();
    require(peers.typed("").isEmpty(), "watch printed between frames");
    waitQuietly();
    String later = peers.typed("");
    require(later.contains(position()), "watch does not go on after frames: " + later);
    requirePrompt(peers.typed(" "));
    requireCommands();
  }

  private void turn() {
    board.set(0, board.row() < 2);
    program.sleep(DEBOUNCED_NANOS);
  }

  private String position() {
    return device.decision().text(device.truth());
  }

  /** The half of a line that was typed before frames came is shown again, and still there. */
  private void requireHalfTypedLine() {
    require(peers.typed("inf").endsWith("inf"), "what is typed is not shown");
    peers.echo();
    waitQuietly();
    String rest = peers.typed("er 1 1\r");
    require(rest.startsWith("\r\n"), "the prompt is drawn over what is there: " + rest);
    require(rest.contains("switchback> inf"), "a half-typed line is not shown again: " + rest);
    require(rest.contains(device.truth().answer(3) + " (output "), "infer 1 1 shows: " + rest);
    peers.echo();
    waitQuietly();
    String again = peers.typed("x");
    require(again.contains("switchback> "), "no prompt after frames: " + again);
    require(peers.typed("y").equals("y"), "a prompt that is not stale is drawn again");
    requirePrompt(peers.typed("\003"));
  }

  /** The first bytes of a frame hold the prompt until they time out. */
  private void requireFramesEnd() {
    peers.typed("\006\011AAo");
    require(peers.typed("").isEmpty(), "text within a frame");
    program.sleep(FRAME_TIMEOUT_NANOS);
    requirePrompt(peers.typed("\003"));
    peers.typed("watch\r\006\011AAo");
    program.sleep(FRAME_TIMEOUT_NANOS);
    turn();
    String changed = peers.typed("");
    require(changed.contains(position()), "half a frame stops watch: " + changed);
    requirePrompt(peers.typed(" "));
    requireCommands();
  }

  /** Nothing of the previous line is left on the next one. */
  private void requireNewLine(Random random) {
    switch (random.nextInt(5)) {
      case 0 -> peers.typed("watch\r");
      case 1 -> peers.typed("half a li");
      case 2 -> peers.typed("\006\011AAo");
      case 3 -> {
        peers.echo();
        peers.typed("slots\r");
      }
      default -> {
        peers.loseLine();
        require(!peers.takes("slots\r"), "the session does not say that its line is gone");
      }
    }
    peers.openLine();
    require(peers.typed("").isEmpty(), "a new line begins with output for the previous one");
    requireCommands();
  }

  /** A wait for a sender ends by a key, and by itself. */
  private void requireLoadEnds() {
    String begun = peers.typed("load\r");
    if (!begun.contains("send the image")) {
      requirePrompt(begun);
      return;
    }
    require(begun.endsWith("C"), "no sender is asked for: " + begun);
    peers.typed("\003");
    waitQuietly();
    String ended = peers.typed("");
    require(ended.contains("not loaded: interrupted"), "ctrl+c ends load with: " + ended);
    requirePrompt(ended);
    peers.typed("load\r");
    StringBuilder said = new StringBuilder();
    for (int second = 0; second < PATIENCE_SECONDS; second++) {
      program.sleep(SECOND_NANOS);
      said.append(peers.typed(""));
    }
    require(said.toString().contains("not loaded: no sender began"), "load waits on: " + said);
    requirePrompt(said.toString());
  }

  /** Sends a file by YMODEM; returns what the shell says of it. */
  String load(byte[] file) {
    peers.typed("load\r");
    peers.sendByYmodem(file);
    waitQuietly();
    String said = peers.typed("");
    requirePrompt(said);
    return said;
  }

  /** Waits until the shell has the line after a client. */
  void waitQuietly() {
    program.sleep(QUIET_NANOS);
  }

  private static void requirePrompt(String text) {
    require(isPrompt(text), "no prompt after: " + text);
  }

  private static boolean isPrompt(String text) {
    return text.endsWith("switchback> ");
  }

  private static void require(boolean fact, String otherwise) {
    Broken.unless(fact, otherwise);
  }
}
