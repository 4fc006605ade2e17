package dev.switchback.device.cable;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.cable.PeerAccess.Act;
import dev.switchback.device.config.Key;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.Inference;
import dev.switchback.device.node.Taught;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The commands of the shell, for people and SMP clients. Session's thread.
 *
 * <p>A command prints to a buffer. {@code retrain}, {@code teach}, {@code watch} and {@code load}
 * continue after their line: they leave a {@link #takeFollowUp follow-up}, which only a prompt can
 * run.
 */
final class Shell {
  /** What continues after a command line. */
  enum FollowUp {
    WATCH_TRAINING,
    WATCH_SWITCHES,
    LOAD
  }

  private final Device device;
  private final PeerAccess access;
  private final List<ShellCommand> commands =
      List.of(
          new ShellCommand("help", "[COMMAND]", "lists the commands", Act.STATUS, this::help),
          new ShellCommand(
              "status",
              "",
              "switches, LED, weights, slots, counters, faults",
              Act.STATUS,
              this::status),
          new ShellCommand(
              "infer", "0 1", "runs the network: output and answer", Act.READ, this::infer),
          new ShellCommand("retrain", "", "trains from the next seed", Act.CHANGE, this::retrain),
          new ShellCommand(
              "teach",
              "TABLE",
              "learns another table, or one position: 01=0",
              Act.CHANGE,
              this::teach),
          new ShellCommand(
              "unteach", "", "learns the configured table again", Act.CHANGE, this::unteach),
          new ShellCommand(
              "slots", "", "version, hash and flags of both slots", Act.READ, this::slots),
          new ShellCommand("test", "", "puts slot 1 on trial, now", Act.SIGNED_IMAGE, this::test),
          new ShellCommand(
              "confirm", "", "keeps the network that is on trial", Act.SIGNED_IMAGE, this::confirm),
          new ShellCommand(
              "revert", "", "reverts to the previous image, now", Act.STATUS, this::revert),
          new ShellCommand(
              "load", "", "receives an image by YMODEM or XMODEM", Act.SIGNED_IMAGE, this::load),
          new ShellCommand(
              "watch",
              "",
              "prints each switch change until a key is pressed",
              Act.READ,
              this::watch),
          new ShellCommand("log", "", "the last lines of the log", Act.READ, Shell::log));
  private @Nullable FollowUp followUp;

  Shell(Device device, PeerAccess access) {
    this.device = device;
    this.access = access;
  }

  List<String> names() {
    return commands.stream().map(ShellCommand::name).toList();
  }

  /**
   * Runs a command line, split into words.
   *
   * @return 0 on success; 1 on failure, with the reason in the last line of the output
   */
  int execute(List<String> words, StringBuilder out) {
    followUp = null;
    try {
      if (!words.isEmpty()) {
        run(command(words.getFirst()), words.subList(1, words.size()), out);
      }
      return 0;
    } catch (ShellException | StoreException e) {
      out.append(e.getMessage()).append('\n');
      return 1;
    }
  }

  private void run(ShellCommand command, List<String> words, StringBuilder out)
      throws ShellException, StoreException {
    if (command.arguments().isEmpty()) {
      requireAtMost(0, words);
    }
    require(access.refusal(command.act()));
    command.action().run(words, out);
  }

  private static void requireAtMost(int most, List<String> words) throws ShellException {
    if (words.size() > most) {
      throw new ShellException("'" + words.get(most) + "' is one word too many");
    }
  }

  /** Returns and clears the follow-up of the last command line; null if there is none. */
  @Nullable FollowUp takeFollowUp() {
    FollowUp taken = followUp;
    followUp = null;
    return taken;
  }

  private ShellCommand command(String name) throws ShellException {
    // The name in version 0.1.
    String known = name.equals("train") ? "retrain" : name;
    for (ShellCommand command : commands) {
      if (command.name().equals(known)) {
        return command;
      }
    }
    throw new ShellException("'" + name + "' is not a command; 'help' lists them");
  }

  private static void require(@Nullable String refusal) throws ShellException {
    if (refusal != null) {
      throw new ShellException(refusal);
    }
  }

  private static void append(List<String> lines, StringBuilder out) {
    lines.forEach(line -> out.append(line).append('\n'));
  }

  private void help(List<String> words, StringBuilder out) throws ShellException {
    requireAtMost(1, words);
    for (ShellCommand command : words.isEmpty() ? commands : List.of(command(words.getFirst()))) {
      out.append(String.format(Locale.ROOT, "%-15s %s%n", command.usage(), command.help()));
    }
  }

  private void status(List<String> words, StringBuilder out) {
    append(DeviceStatusMap.lines(device), out);
  }

  private void infer(List<String> words, StringBuilder out) throws ShellException {
    float[] inputs = inputs(words);
    Inference inference = device.infer(inputs);
    if (inference == null) {
      throw new ShellException("no network answers; 'status' says why");
    }
    out.append(inference.text()).append('\n');
  }

  private float[] inputs(List<String> words) throws ShellException {
    int switches = device.configuration().get(Key.TRUTH).inputs();
    if (words.size() != switches) {
      throw new ShellException("infer takes " + switches + " numbers, such as: " + example());
    }
    float[] inputs = new float[switches];
    for (int i = 0; i < switches; i++) {
      inputs[i] = number(words.get(i));
    }
    return inputs;
  }

  private static float number(String word) throws ShellException {
    try {
      float number = Float.parseFloat(word);
      if (Float.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like infinities and NaN.
    }
    throw new ShellException("'" + word + "' is not a finite number");
  }

  private String example() {
    TruthTable truth = device.truth();
    List<String> words = new ArrayList<>(List.of("infer"));
    for (int i = 0; i < truth.inputs(); i++) {
      words.add(String.valueOf(TruthTable.level(1, i, truth.inputs())));
    }
    return String.join(" ", words);
  }

  private void retrain(List<String> words, StringBuilder out) throws StoreException {
    device.retrain();
    followUp = FollowUp.WATCH_TRAINING;
  }

  private void teach(List<String> words, StringBuilder out) throws ShellException, StoreException {
    requireAtMost(1, words);
    follow(device.teach(words.isEmpty() ? "" : words.getFirst()), out);
  }

  private void unteach(List<String> words, StringBuilder out) throws StoreException {
    follow(device.unteach(), out);
  }

  private void follow(Taught taught, StringBuilder out) {
    out.append(taught.text()).append('\n');
    followUp = taught.isTraining() ? FollowUp.WATCH_TRAINING : null;
  }

  private void slots(List<String> words, StringBuilder out) {
    append(DeviceStatusMap.slots(device), out);
  }

  private void apply(StringBuilder out, Event... events) throws StoreException {
    for (Event event : events) {
      device.apply(event, null);
    }
    out.append("answers now: ").append(device.status().weights()).append('\n');
  }

  private void test(List<String> words, StringBuilder out) throws ShellException, StoreException {
    require(access.refusalOfUnsigned(1));
    apply(out, Event.TEST, Event.START);
    out.append("'confirm' keeps it; 'revert' or a restart takes it back\n");
  }

  private void confirm(List<String> words, StringBuilder out)
      throws ShellException, StoreException {
    require(access.refusalOfUnsigned(0));
    apply(out, Event.CONFIRM);
  }

  private void revert(List<String> words, StringBuilder out) throws ShellException, StoreException {
    require(access.refusal(access.revert()));
    apply(out, Event.REVERT);
  }

  private void load(List<String> words, StringBuilder out) {
    // No capital C here: a sender that reads the line takes it as the receiver's request to begin.
    out.append("send the image by YMODEM or XMODEM now; ctrl+c ends the wait\n");
    followUp = FollowUp.LOAD;
  }

  private void watch(List<String> words, StringBuilder out) {
    followUp = FollowUp.WATCH_SWITCHES;
  }

  private static void log(List<String> words, StringBuilder out) {
    append(RecentLogWriter.lines(), out);
  }
}
