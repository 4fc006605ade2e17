package dev.switchback.tools.bench;

import dev.switchback.ExitCode;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The device on a terminal: the live device behind the bench's screen and keys. */
public final class BenchRun {
  private final DeviceConfiguration configuration;
  private final Board board;
  private final TerminalStyle style;
  private final WiredDevice wired;
  private final Device device;
  private final int switches;
  private final BenchPace pace = new BenchPace();
  private final NetworkLook answering = new NetworkLook();
  private final NetworkLook learning = new NetworkLook();

  /** Row of the simulated switches as the keys last set them. */
  private int row;

  /** Why the last key did nothing; null if it did something. The screen's thread. */
  private @Nullable String refusal;

  private volatile @Nullable Snapshot training;

  public BenchRun(DeviceConfiguration configuration, Board board, Storage storage, boolean ascii) {
    this.configuration = configuration;
    this.board = board;
    this.style = ascii ? TerminalStyle.ASCII : TerminalStyle.of(System.getenv());
    this.switches = configuration.get(Key.TRUTH).inputs();
    this.wired = WiredDevice.attended(configuration, board, storage, new Show());
    this.device = wired.device();
  }

  /**
   * A training at one moment.
   *
   * @param why it was not learnt; empty unless it ended so
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

  /** A network as it was last looked at: looked at again only when something changed. */
  private static final class NetworkLook {
    private static final int MAP_SIDE = 41;

    private record Subject(Parameters parameters, Engine engine, TruthTable truth, int others) {}

    private @Nullable Subject seen;
    private @Nullable Network network;

    @Nullable Network at(
        @Nullable Parameters parameters, Engine engine, TruthTable truth, int others) {
      if (parameters == null) {
        return null;
      }
      Subject subject = new Subject(parameters, engine, truth, others);
      if (!subject.equals(seen)) {
        Model model = engine.model(parameters);
        Answers answers = Answers.of(model);
        network =
            new Network(
                parameters.topology().toString(),
                answers.toString(),
                TrainingAdvice.rightRows(truth, answers),
                DecisionMap.of(model, MAP_SIDE, others));
        seen = subject;
      }
      return network;
    }
  }

  /** Holds the training to the pace, and shows it. Maintenance thread. */
  private final class Show implements TrainingListener {
    /** A fast training is looked at as often as it is painted. */
    private static final long LOOK_NANOS = 20_000_000;

    private final SystemClock clock = new SystemClock();
    private @Nullable TrainingSession latest;
    private long lookedNanos;
    private boolean isStale;

    @Override
    public void began(TrainingSession now) {
      pace.passed(0, clock.nanoTime());
      look(now, Phase.RUNNING);
    }

    @Override
    public long holdNanos() {
      long nowNanos = clock.nanoTime();
      long holdNanos = pace.holdNanos(nowNanos);
      TrainingSession session = latest;
      if (isStale && session != null && (holdNanos > 0 || nowNanos - lookedNanos > LOOK_NANOS)) {
        look(session, Phase.RUNNING);
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
      look(now, now.isSolved() ? Phase.LEARNT : Phase.NOT_LEARNT);
    }

    private void look(TrainingSession now, Phase phase) {
      training = Snapshot.of(now, phase);
      latest = now;
      lookedNanos = clock.nanoTime();
      isStale = false;
    }
  }

  public int run() throws IOException {
    wired.start();
    try (wired;
        BenchTerminal terminal = new BenchTerminal(style, new SystemClock())) {
      terminal.run(this::view, this::obey);
      return ExitCode.OK.code();
    }
  }

  private void obey(BenchKey key) {
    refusal = null;
    try {
      switch (key) {
        case BenchKey.Flip(int index) -> flip(index);
        case BenchKey.Command command -> obey(command);
      }
    } catch (StoreException | IllegalArgumentException e) {
      refusal = e.getMessage();
    }
  }

  private void obey(BenchKey.Command command) throws StoreException {
    Lesson lesson = device.lesson();
    switch (command) {
      case PAUSE -> pace.pauseOrGoOn();
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
      case SWAP_ENGINE -> device.swapEngine();
      case HELP, SUSPEND, REPAINT, QUIT -> {}
    }
  }

  private void learn(TruthTable truth, Lesson before, String widths) throws StoreException {
    device.learn(Lesson.of(truth, before.rules(), widths), seed());
  }

  /** Of the training that runs or ran last; else the first. */
  private long seed() {
    Snapshot last = training;
    return last == null ? configuration.get(Key.SEED) : last.seed();
  }

  private void flip(int index) {
    if (board instanceof SimulatedBoard simulated) {
      boolean closed = TruthTable.level(row, index, switches) == 0;
      row = TruthTable.withLevel(row, index, switches, closed);
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
        decision.lit(),
        new BenchView.Answering(
            answering.at(device.parameters(), device.engine(), lesson.truth(), others),
            decision.valid() ? decision.output() : Float.NaN,
            device.engine().label()),
        shown == null ? null : view(shown, others),
        board.toString(),
        board instanceof SimulatedBoard,
        device.ticks(),
        note(shown));
  }

  private BenchView.@Nullable Learning view(Snapshot shown, int others) {
    Network network =
        learning.at(shown.parameters(), shown.engine(), shown.lesson().truth(), others);
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

  /** The curve, which leaves epochs out, up to the epoch that is shown. */
  private List<Point> upTo(Snapshot shown) {
    List<Point> points = new ArrayList<>(device.curve().points());
    points.removeIf(point -> point.epoch() >= shown.epochs());
    if (shown.epochs() > 0) {
      points.add(new Point(shown.epochs(), shown.loss(), shown.restarts()));
    }
    return points;
  }

  /**
   * Why the LED does not answer, once it did; else why a key did nothing, or nothing was learnt.
   */
  private @Nullable Note note(@Nullable Snapshot shown) {
    String outage = device.parameters() == null ? null : device.outage();
    if (outage != null) {
      return new Note(true, outage);
    }
    if (refusal != null) {
      return new Note(false, "refused: " + refusal);
    }
    String lost = shown == null ? null : lost(shown);
    if (lost != null) {
      boolean answers = device.parameters() != null;
      return new Note(
          false, lost + (answers ? "; the network before goes on answering" : "; nothing answers"));
    }
    List<String> problems = device.storageProblems();
    return problems.isEmpty() ? null : new Note(false, "storage: " + problems.getFirst());
  }

  private static @Nullable String lost(Snapshot shown) {
    return switch (shown.phase()) {
      case LEARNT -> null;
      case RUNNING -> TrainingAdvice.impossible(shown.lesson().topology(), shown.lesson().truth());
      case NOT_LEARNT -> "not learnt: " + shown.why();
    };
  }
}
