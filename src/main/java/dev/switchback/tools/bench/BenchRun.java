package dev.switchback.tools.bench;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.SystemClock;
import dev.switchback.core.Engine;
import dev.switchback.core.LossCurve.Point;
import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.pi4j.SimulatedBoard;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.config.Lesson;
import dev.switchback.device.control.Decision;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.Taught;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.service.WiredDevice;
import dev.switchback.device.store.Storage;
import dev.switchback.device.store.StoreException;
import dev.switchback.lesson.TrainingAdvice;
import dev.switchback.tools.bench.BenchView.Network;
import dev.switchback.tools.bench.BenchView.Note;
import dev.switchback.tools.bench.BenchView.Phase;
import dev.switchback.tools.plot.DecisionMap;
import dev.switchback.tools.plot.TerminalStyle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a device and connects it to the bench's screen and keys. */
public final class BenchRun {
  private final DeviceConfiguration configuration;
  private final Board board;
  private final TerminalStyle style;
  private final WiredDevice wired;
  private final Device device;
  private final int switches;
  private final BenchPace pace = new BenchPace();
  private final NetworkCache answering = new NetworkCache();
  private final NetworkCache learning = new NetworkCache();

  /** Index of the LED whose output and maps are shown. Screen thread. */
  private int led;

  /** What the last key came to, if that shows nowhere else. Screen thread. */
  private @Nullable String remark;

  private volatile @Nullable Snapshot training;

  /**
   * @param line path of the device's socket; null for none
   */
  public BenchRun(
      DeviceConfiguration configuration,
      Board board,
      Storage storage,
      @Nullable Path line,
      boolean ascii) {
    this.configuration = configuration;
    this.board = board;
    this.style = ascii ? TerminalStyle.ASCII : TerminalStyle.of(System.getenv());
    this.switches = configuration.get(Key.TRUTH).inputs();
    this.wired = WiredDevice.attended(configuration, board, storage, line, new Pacing());
    this.device = wired.device();
  }

  /**
   * The state of a training.
   *
   * @param why the reason it failed; empty unless it did
   */
  private record Snapshot(
      Phase phase,
      Parameters parameters,
      Engine engine,
      Lesson lesson,
      int epochs,
      int restarts,
      long seed,
      float loss,
      String why) {

    static Snapshot of(TrainingSession now, Phase phase) {
      return new Snapshot(
          phase,
          phase == Phase.RUNNING ? now.current() : now.result(),
          now.engine(),
          new Lesson(now.truth(), now.recipe()),
          now.epochs(),
          now.restarts(),
          now.seed(),
          (float) (phase == Phase.RUNNING ? now.loss() : now.resultLoss()),
          phase == Phase.NOT_LEARNT ? TrainingAdvice.of(now) : "");
    }
  }

  /** Caches the view of a network until the network changes. */
  private static final class NetworkCache {
    private static final int MAP_SIDE = 41;

    private record Subject(
        Parameters parameters, Engine engine, TruthTable truth, int others, int led) {}

    private @Nullable Subject cached;
    private @Nullable Network network;

    @Nullable Network view(
        @Nullable Parameters parameters, Engine engine, TruthTable truth, int others, int led) {
      if (parameters == null) {
        return null;
      }
      Subject subject = new Subject(parameters, engine, truth, others, led);
      if (!subject.equals(cached)) {
        Model model = engine.model(parameters);
        Answers answers = Answers.of(model);
        network =
            new Network(
                parameters.topology().toString(),
                answers.toString(),
                TrainingAdvice.rightRows(truth, answers),
                DecisionMap.of(model, MAP_SIDE, others, led));
        cached = subject;
      }
      return network;
    }
  }

  /** Limits the training to the pace and publishes its state. Maintenance thread. */
  private final class Pacing implements TrainingListener {
    /** Shortest time between two states of a fast training. */
    private static final long PUBLISH_NANOS = 20_000_000;

    private final SystemClock clock = new SystemClock();
    private @Nullable TrainingSession latest;
    private long publishedNanos;
    private boolean isStale;

    @Override
    public void began(TrainingSession now) {
      pace.passed(0, clock.nanoTime());
      publish(now, Phase.RUNNING);
    }

    @Override
    public long holdNanos() {
      long nowNanos = clock.nanoTime();
      long holdNanos = pace.holdNanos(nowNanos);
      TrainingSession session = latest;
      if (isStale
          && session != null
          && (holdNanos > 0 || nowNanos - publishedNanos > PUBLISH_NANOS)) {
        publish(session, Phase.RUNNING);
      }
      return holdNanos;
    }

    @Override
    public void trained(TrainingSession now) {
      pace.passed(now.epochs(), clock.nanoTime());
      isStale = true;
    }

    @Override
    public void ended(TrainingSession now) {
      pace.passed(now.epochs(), clock.nanoTime());
      publish(now, now.isSolved() ? Phase.LEARNT : Phase.NOT_LEARNT);
    }

    private void publish(TrainingSession now, Phase phase) {
      training = Snapshot.of(now, phase);
      latest = now;
      publishedNanos = clock.nanoTime();
      isStale = false;
    }
  }

  public int run() throws IOException, Refusal {
    try (wired) {
      wired.start();
      try (BenchTerminal terminal = new BenchTerminal(style, new SystemClock())) {
        terminal.run(this::view, this::handle);
      }
      return ExitCode.OK.code();
    }
  }

  private void handle(BenchKey key) {
    remark = null;
    try {
      switch (key) {
        case BenchKey.Flip(int index) -> flip(index);
        case BenchKey.Command command -> handle(command);
      }
    } catch (StoreException | IllegalArgumentException e) {
      remark = "refused: " + e.getMessage();
    }
  }

  private void handle(BenchKey.Command command) throws StoreException {
    Lesson lesson = device.lesson();
    switch (command) {
      case PAUSE -> pace.togglePause();
      case STEP -> pace.step();
      case FASTER -> pace.change(true);
      case SLOWER -> pace.change(false);
      case NEXT_TRUTH ->
          learn(
              NextLesson.truth(lesson.truth(), configuration.get(Key.TRUTH)),
              lesson,
              lesson.topology().toString());
      case NEXT_HIDDEN -> learn(lesson.truth(), lesson, NextLesson.widths(lesson.topology()));
      case RETRAIN -> device.learn(lesson, training == null ? seed() : seed() + 1);
      case TEACH -> taught(device.teachNext(device.decision().row()));
      case UNTEACH -> taught(device.unteach());
      case SWAP_ENGINE -> device.swapEngine();
      case NEXT_LED -> led = (led + 1) % configuration.get(Key.TRUTH).leds();
      case HELP, SUSPEND, REPAINT, QUIT -> {}
    }
  }

  private void taught(Taught taught) {
    if (taught.isTraining()) {
      return;
    }
    remark = taught.text();
    Snapshot last = training;
    if (last != null && last.phase() != Phase.LEARNT) {
      // What was being learnt has been taken back.
      training = null;
    }
  }

  private void learn(TruthTable truth, Lesson before, String widths) throws StoreException {
    device.learn(Lesson.of(truth, before.rules(), widths), seed());
  }

  /** Returns the seed of the current or last training, or the configured one if there is none. */
  private long seed() {
    Snapshot last = training;
    return last == null ? configuration.get(Key.SEED) : last.seed();
  }

  private void flip(int index) {
    if (board instanceof SimulatedBoard simulated) {
      boolean closed = TruthTable.level(simulated.position(), index, switches) == 0;
      simulated.setSwitch(index, closed);
    }
  }

  private BenchView view() {
    Snapshot shown = training;
    Decision decision = device.decision();
    Lesson lesson = shown == null ? device.lesson() : shown.lesson();
    int others = BenchView.others(decision.row(), switches);
    return new BenchView(
        lesson.truth(),
        lesson.recipe().name(),
        decision.row(),
        shown(decision),
        led,
        new BenchView.Answering(
            answering.view(device.parameters(), device.engine(), lesson.truth(), others, led),
            decision.valid() ? decision.outputs()[led] : Float.NaN,
            device.engine().label()),
        shown == null ? null : view(shown, others),
        board.toString(),
        board instanceof SimulatedBoard,
        device.ticks(),
        note(shown));
  }

  /** Returns what the LEDs show: they blink while they are taught. On pins: what was decided. */
  private int shown(Decision decision) {
    return board instanceof SimulatedBoard simulated && simulated.hasLeds()
        ? simulated.shown()
        : decision.answer();
  }

  private BenchView.@Nullable Learning view(Snapshot shown, int others) {
    Network network =
        learning.view(shown.parameters(), shown.engine(), shown.lesson().truth(), others, led);
    return network == null
        ? null
        : new BenchView.Learning(
            network,
            shown.phase(),
            pace.toString(),
            shown.epochs(),
            shown.lesson().recipe().schedule().maxEpochs(),
            shown.restarts(),
            shown.seed(),
            shown.loss(),
            upTo(shown));
  }

  /** Returns the curve, which skips epochs, up to and including the epoch shown. */
  private List<Point> upTo(Snapshot shown) {
    List<Point> points = new ArrayList<>(device.curve().points());
    points.removeIf(point -> point.epoch() >= shown.epochs());
    if (shown.epochs() > 0) {
      points.add(new Point(shown.epochs(), shown.loss(), shown.restarts()));
    }
    return points;
  }

  /**
   * Returns the most important problem: an outage, a remark on the last key, a failed training, or
   * storage.
   */
  private @Nullable Note note(@Nullable Snapshot shown) {
    String outage = device.parameters() == null ? null : device.outage();
    if (outage != null) {
      return new Note(true, outage);
    }
    if (remark != null) {
      return new Note(false, remark);
    }
    String failure = shown == null ? null : failure(shown);
    if (failure != null) {
      boolean answers = device.parameters() != null;
      return new Note(
          false,
          failure + (answers ? "; the network before goes on answering" : "; nothing answers"));
    }
    List<String> problems = device.storageProblems();
    return problems.isEmpty() ? null : new Note(false, "storage: " + problems.getFirst());
  }

  private static @Nullable String failure(Snapshot shown) {
    return switch (shown.phase()) {
      case LEARNT -> null;
      case RUNNING -> TrainingAdvice.impossible(shown.lesson().topology(), shown.lesson().truth());
      case NOT_LEARNT -> "not learnt: " + shown.why();
    };
  }
}
