package dev.switchback.tools.bench;

import dev.switchback.ExitCode;
import dev.switchback.SystemClock;
import dev.switchback.core.Engine;
import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.pi4j.SimulatedBoard;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.control.Decision;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.service.WiredDevice;
import dev.switchback.device.store.Storage;
import dev.switchback.device.store.StoreException;
import dev.switchback.tools.plot.DecisionMap;
import dev.switchback.tools.plot.TerminalStyle;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The device on a terminal: the live device behind the bench's screen and keys. */
public final class BenchRun {
  private static final int MAP_SIDE = 41;

  private final DeviceConfiguration configuration;
  private final Board board;
  private final TerminalStyle style;
  private final WiredDevice wired;
  private final Device device;
  private final int switches;

  /** Row of the simulated switches as the keys last set them. */
  private int row;

  /** Why the last key did nothing; null if it did something. The screen's thread. */
  private @Nullable String refusal;

  private volatile Snapshot training;
  private @Nullable MapKey mapKey;
  private @Nullable DecisionMap map;

  public BenchRun(DeviceConfiguration configuration, Board board, Storage storage, boolean ascii) {
    this.configuration = configuration;
    this.board = board;
    this.style = ascii ? TerminalStyle.ASCII : TerminalStyle.of(System.getenv());
    this.switches = configuration.get(Key.TRUTH).inputs();
    this.training =
        new Snapshot(
            new BenchView.Training(
                BenchView.Phase.SOLVED, 0, 1, 0, configuration.get(Key.SEED), Float.NaN, List.of()),
            null);
    this.wired = new WiredDevice(configuration, board, storage, new Show());
    this.device = wired.device();
  }

  /** A training as the screen sees it; null parameters once it ended. */
  private record Snapshot(BenchView.Training view, @Nullable Parameters parameters) {}

  /** What a decision map was drawn from: drawn anew only when one of these changes. */
  private record MapKey(Parameters parameters, Engine engine, int others) {}

  /** Slows training down to what an eye can follow, and shows each epoch. Maintenance thread. */
  private final class Show implements TrainingListener {
    private static final long EPOCH_NANOS = 25_000_000;

    /** Later epochs run at full speed, shown now and then. */
    private static final int WATCHED_EPOCHS = 200;

    private static final int SHOWN_EVERY = 64;

    private final SystemClock clock = new SystemClock();

    @Override
    public void trained(TrainingSession now) {
      boolean watched = now.epochs() <= WATCHED_EPOCHS;
      if (watched || now.epochs() % SHOWN_EVERY == 0) {
        training = new Snapshot(view(now, BenchView.Phase.RUNNING), now.current());
      }
      if (watched) {
        clock.await(EPOCH_NANOS);
      }
    }

    @Override
    public void ended(TrainingSession now) {
      BenchView.Phase phase = now.isSolved() ? BenchView.Phase.SOLVED : BenchView.Phase.UNSOLVED;
      training = new Snapshot(view(now, phase), null);
    }

    private BenchView.Training view(TrainingSession now, BenchView.Phase phase) {
      return new BenchView.Training(
          phase,
          now.attemptEpochs(),
          now.attemptLimit(),
          now.restarts(),
          now.seed(),
          (float) now.loss(),
          device.curve().points());
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
    try {
      switch (key) {
        case BenchKey.Flip(int index) -> flip(index);
        case BenchKey.Command.RETRAIN -> device.retrain();
        case BenchKey.Command.SWAP_ENGINE -> device.swapEngine();
        case BenchKey.Command.REPAINT, BenchKey.Command.QUIT -> {}
      }
      refusal = null;
    } catch (StoreException e) {
      refusal = e.getMessage();
    }
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
    Parameters parameters = shown.parameters() == null ? device.parameters() : shown.parameters();
    return new BenchView(
        configuration.get(Key.TRUTH),
        (parameters == null ? device.recipe().topology() : parameters.topology()).toString(),
        decision.row(),
        decision.lit(),
        decision.valid() ? decision.output() : Float.NaN,
        device.engine().label(),
        shown.view(),
        parameters == null ? null : map(parameters, decision.row()),
        board.toString(),
        board instanceof SimulatedBoard,
        configuration.get(Key.DEBOUNCE_MILLIS),
        device.ticks(),
        fault());
  }

  /** Why the LED does not answer, once it did; else why a key did nothing; else the storage's. */
  private @Nullable String fault() {
    String outage = device.parameters() == null ? null : device.outage();
    String first = outage == null ? refusal : outage;
    List<String> problems = device.storageProblems();
    return first != null || problems.isEmpty() ? first : problems.getFirst();
  }

  private @Nullable DecisionMap map(Parameters parameters, int shownRow) {
    MapKey key = new MapKey(parameters, device.engine(), BenchView.others(shownRow, switches));
    if (!key.equals(mapKey)) {
      map = DecisionMap.of(key.engine().model(parameters), MAP_SIDE, key.others());
      mapKey = key;
    }
    return map;
  }
}
