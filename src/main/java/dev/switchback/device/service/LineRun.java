package dev.switchback.device.service;

import dev.switchback.Clock;
import dev.switchback.ExitCode;
import dev.switchback.ProgressLine;
import dev.switchback.Refusal;
import dev.switchback.SystemClock;
import dev.switchback.core.LossText;
import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.pi4j.SimulatedBoard;
import dev.switchback.device.cable.DeviceStatusMap;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.control.Decision;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.store.Storage;
import dev.switchback.device.store.StoreException;
import dev.switchback.lesson.TrainingAdvice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Runs a device without a terminal. On the simulated board, input lines drive the switches; without
 * input, every position is played once. On a header, people move the switches: each change is
 * printed until the process ends, and the input lines are retrain, status and quit.
 */
public final class LineRun {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final Duration TRAINING_LIMIT = Duration.ofMinutes(30);
  private static final String COMMANDS = "retrain, teach TABLE, unteach, status and quit";
  private static final long POLL_NANOS = 5_000_000;

  /** Longest sleep while no switch moves. */
  private static final long WATCH_NANOS = 60_000_000_000L;

  private final Board board;
  private final TruthTable truth;
  private final int switches;
  private final WiredDevice wired;
  private final Device device;
  private final BufferedReader in;
  private final PrintWriter out;
  private final PrintWriter err;

  private volatile String failure = "no network has learnt it";

  /**
   * @param line path of the device's socket; null for none
   */
  public LineRun(
      DeviceConfiguration configuration,
      Board board,
      Storage storage,
      @Nullable Path line,
      BufferedReader in,
      PrintWriter out,
      PrintWriter err) {
    this.board = board;
    this.truth = configuration.get(Key.TRUTH);
    this.switches = truth.inputs();
    this.in = in;
    this.out = out;
    this.err = err;
    this.wired = WiredDevice.attended(configuration, board, storage, line, new TrainingPrinter());
    this.device = wired.device();
  }

  /** Prints training progress on standard error. */
  private final class TrainingPrinter implements TrainingListener {
    private ProgressLine progress = new ProgressLine(err);

    @Override
    public void began(TrainingSession training) {
      progress = new ProgressLine(err);
    }

    @Override
    public void trained(TrainingSession training) {
      progress.update(() ->
          String.format(
              Locale.ROOT,
              "training: epoch %,d, loss %s, %d restarts",
              training.epochs(),
              LossText.of(training.loss()),
              training.restarts()));
    }

    @Override
    public void ended(TrainingSession training) {
      progress.close();
      err.println("training: " + training.summary());
      if (!training.isSolved()) {
        failure = TrainingAdvice.of(training);
        if (answers()) {
          err.println("training: " + failure + "; the network before goes on answering");
        }
      }
    }
  }

  /** Whether there are weights that answer. */
  private boolean answers() {
    return device.parameters() != null;
  }

  /**
   * Runs until the input ends.
   *
   * @throws Refusal if nothing answers at the end
   */
  public int run() throws IOException, Refusal {
    try (wired) {
      wired.start();
      if (board instanceof SimulatedBoard simulated) {
        drive(simulated);
        if (!answers()) {
          throw new Refusal(ExitCode.REFUSED, "nothing answers: " + failure);
        }
      } else {
        watch();
      }
      return ExitCode.OK.code();
    }
  }

  /** Runs until the input says quit or the process ends; others move the switches too. */
  public int runShared() throws IOException, Refusal {
    try (wired) {
      wired.start();
      watch();
      return ExitCode.OK.code();
    }
  }

  private void drive(SimulatedBoard simulated) throws IOException, Refusal {
    awaitTraining();
    String line = in.readLine();
    if (line == null && wired.hasCable()) {
      watch();
      return;
    }
    if (line == null) {
      playAll(simulated);
      return;
    }
    while (line != null && !line.strip().equals("quit")) {
      execute(line.strip(), simulated);
      line = in.readLine();
    }
  }

  private void playAll(SimulatedBoard simulated) throws Refusal {
    for (int position = 0; position < 1 << switches; position++) {
      simulated.setSwitches(position);
      printAnswer(simulated);
    }
  }

  private void execute(String line, SimulatedBoard simulated) throws Refusal {
    switch (line) {
      case "" -> {}
      case "retrain" -> {
        retrain();
        awaitTraining();
      }
      case "status" -> DeviceStatusMap.lines(device).forEach(out::println);
      default -> {
        if (teaches(line)) {
          awaitTraining();
        } else if (flips(line, simulated)) {
          printAnswer(simulated);
        }
      }
    }
  }

  /** Teaches what the line says; returns whether it says that. */
  private boolean teaches(String line) {
    boolean isTable = line.startsWith("teach ");
    if (!isTable && !line.equals("unteach")) {
      return false;
    }
    try {
      if (isTable) {
        device.teach(line.substring(6).strip());
      } else {
        device.unteach();
      }
    } catch (StoreException e) {
      err.println("switchback: " + e.getMessage());
    }
    return true;
  }

  private void retrain() {
    try {
      device.retrain();
    } catch (StoreException e) {
      err.println("switchback: " + e.getMessage());
    }
  }

  /**
   * Flips or sets a switch: {@code a} toggles switch A, {@code a=1} closes it. Returns whether the
   * line says that.
   */
  private boolean flips(String said, SimulatedBoard simulated) {
    String line = said.toLowerCase(Locale.ROOT);
    int index = line.charAt(0) - 'a';
    boolean known =
        index >= 0
            && index < switches
            && (line.length() == 1 || line.endsWith("=0") || line.endsWith("=1"))
            && (line.length() == 1 || line.length() == 3);
    if (!known) {
      err.println("switchback: '" + said + "' is none of " + switchNames() + ", " + COMMANDS);
      return false;
    }
    boolean closed =
        line.length() == 1
            ? TruthTable.level(simulated.position(), index, switches) == 0
            : line.endsWith("1");
    simulated.setSwitch(index, closed);
    return true;
  }

  private String switchNames() {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < switches; i++) {
      char name = (char) ('a' + i);
      names.append(i == 0 ? "" : ", ").append(name).append(", ").append(name).append("=0, ");
      names.append(name).append("=1");
    }
    return names.toString();
  }

  private void awaitTraining() throws Refusal {
    if (!device.awaitMaintenance(TRAINING_LIMIT)) {
      throw new Refusal(ExitCode.INTERNAL, "training did not end within " + TRAINING_LIMIT);
    }
  }

  private void printAnswer(SimulatedBoard simulated) throws Refusal {
    int row = simulated.position();
    if (!answers()) {
      out.println(new Decision(0, row, 0).text(truth));
      return;
    }
    if (!device.awaitAnswer(row, ANSWER_LIMIT)) {
      throw new Refusal(ExitCode.INTERNAL, "the LED does not answer: " + device.outage());
    }
    Decision decision = device.decision();
    awaitShown(decision.answer(), simulated);
    out.println(decision.text(truth));
  }

  /** Waits while the LEDs blink because of a lesson. */
  private static void awaitShown(int answer, SimulatedBoard simulated) throws Refusal {
    Clock clock = new SystemClock();
    long startNanos = clock.nanoTime();
    while (simulated.hasLeds() && simulated.shown() != answer) {
      if (clock.nanoTime() - startNanos > ANSWER_LIMIT.toNanos()) {
        throw new Refusal(ExitCode.INTERNAL, "the LED does not show the answer");
      }
      clock.await(POLL_NANOS);
    }
  }

  /** Prints each switch change until the input is quit or the process ends. */
  private void watch() throws IOException {
    Clock clock = new SystemClock();
    device.onDecision(clock::wake);
    Thread lines =
        Thread.ofPlatform()
            .name("lines")
            .daemon()
            .start(() -> {
              readLines();
              clock.wake(); // The device may be closed.
            });
    @Nullable Decision printed = null;
    while (!Thread.currentThread().isInterrupted() && device.isRunning()) {
      Decision now = device.decision();
      if (now.valid() && (printed == null || printed.row() != now.row())) {
        out.println(now.text(truth));
        printed = now;
      }
      clock.await(WATCH_NANOS);
    }
    lines.interrupt();
  }

  private void readLines() {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line.strip()) {
          case "" -> {}
          case "retrain" -> retrain();
          case "status" -> DeviceStatusMap.lines(device).forEach(out::println);
          case "quit" -> {
            wired.close();
            return;
          }
          default -> {
            if (teaches(line.strip())) {
              continue;
            }
            if (board instanceof SimulatedBoard simulated) {
              flips(line.strip(), simulated);
            } else {
              err.println("switchback: '" + line + "' is none of " + COMMANDS);
            }
          }
        }
      }
    } catch (IOException e) {
      err.println("switchback: standard input: " + e.getMessage());
    }
  }
}
