package dev.switchback.device.node;

import dev.switchback.Clock;
import dev.switchback.PrintableText;
import dev.switchback.SystemClock;
import dev.switchback.core.Engine;
import dev.switchback.core.LossCurve;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.SimulatedSwitches;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.config.Lesson;
import dev.switchback.device.control.ControlLoop;
import dev.switchback.device.control.Decision;
import dev.switchback.device.control.ModelSlot;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.Storage;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.VersionRule;
import dev.switchback.format.FormatException;
import dev.switchback.format.ImageSelfTest;
import dev.switchback.format.ImageText;
import dev.switchback.format.VerifyingKey;
import dev.switchback.format.WeightImage;
import dev.switchback.lesson.Teaching;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * A complete device: two threads and the slot between them.
 *
 * <ul>
 *   <li><b>control</b> runs {@link ControlLoop} from {@link #start()} to {@link #close()}.
 *   <li><b>maintenance</b> runs {@link Maintenance}: chooses the first weights, stages, tests,
 *       confirms and reverts images, changes the engine; and between these it trains, epoch by
 *       epoch. Training works on a private copy; the LED answers from the old weights until the new
 *       ones are stored and pass the self-test.
 * </ul>
 *
 * <p>All public methods may be called on any thread. Those that change the weights return once the
 * change is durable. They are refused with {@link StoreException.Reason#BUSY} if too many commands
 * wait or the device is shutting down.
 */
public final class Device implements AutoCloseable {
  private static final long POLL_NANOS = 200_000;

  private final DeviceConfiguration configuration;
  private final Board board;
  private final ModelSlot slot = new ModelSlot();
  private final ControlLoop loop;
  private final Weights weights;
  private final Maintenance maintenance;
  private final DeviceThread controlThread;
  private final DeviceThread maintenanceThread;
  private final Supplier<Clock> clocks;
  private final Clock clock;
  private final RefusalLog refusals;
  private final long startNanos;

  private volatile @Nullable String refused;
  private volatile Supplier<@Nullable CableStatus> cable = () -> null;
  private volatile Supplier<@Nullable LineStatus> line = () -> null;
  private volatile boolean closing;

  /**
   * Takes over the board; nothing moves and nothing is read before {@link #start()}.
   *
   * @param storage where the weights are kept; stays open, and belongs to maintenance
   * @param listener looks on while the device trains
   */
  public Device(
      DeviceConfiguration configuration, Board board, Storage storage, TrainingListener listener) {
    this(configuration, board, storage, FirstWeights.FACTORY, listener, SystemClock::new);
  }

  /**
   * The same.
   *
   * @param first what answers where nothing is kept
   */
  public Device(
      DeviceConfiguration configuration,
      Board board,
      Storage storage,
      FirstWeights first,
      TrainingListener listener) {
    this(configuration, board, storage, first, listener, SystemClock::new);
  }

  /**
   * The same on other clocks.
   *
   * @param clocks asked for one clock per thread that may wait
   */
  Device(
      DeviceConfiguration configuration,
      Board board,
      Storage storage,
      FirstWeights first,
      TrainingListener listener,
      Supplier<Clock> clocks) {
    this.configuration = configuration;
    this.board = board;
    this.clocks = clocks;
    this.clock = clocks.get();
    this.refusals = new RefusalLog(clock, Logger::warn);
    this.startNanos = clock.nanoTime();
    this.loop =
        new ControlLoop(
            clocks.get(), board, slot, configuration.get(Key.DEBOUNCE_MILLIS) * 1_000_000L);
    Clock maintenanceClock = clocks.get();
    this.weights =
        new Weights(
            storage,
            first,
            configuration.lessonRule(),
            this::failure,
            new VersionRule(this::isTrusted, configuration.get(Key.IMAGE_DOWNGRADE)),
            configuration.get(Key.ENGINE),
            loop,
            slot,
            maintenanceClock);
    this.maintenance =
        new Maintenance(
            configuration.lesson(),
            configuration.get(Key.SEED),
            weights,
            loop,
            listener,
            maintenanceClock);
    this.controlThread = new DeviceThread("control", loop);
    this.maintenanceThread = new DeviceThread("maintenance", maintenance);
  }

  /** Starts both threads; maintenance first chooses weights, and trains if the device never did. */
  public void start() {
    maintenance.begin(board.toString());
    controlThread.start();
    maintenanceThread.start();
  }

  /** The duty cycle of the control thread, for callers that run it without {@link #start()}. */
  ControlLoop loop() {
    return loop;
  }

  /** The duty cycle of the maintenance thread, for callers that run it without {@link #start()}. */
  Maintenance maintenance() {
    return maintenance;
  }

  /**
   * Trains anew from the next seed; the LED goes on answering. Returns at once.
   *
   * @throws StoreException if one runs and another waits already
   */
  public void retrain() throws StoreException {
    try {
      maintenance.retrain();
      refused = null;
    } catch (StoreException e) {
      throw refuse(e);
    }
  }

  /**
   * Trains another lesson at once, in place of any training that runs. The LED keeps answering the
   * previous one until the new weights are stored; if the lesson cannot be learnt, nothing changes.
   *
   * @param lesson of as many switches as there are
   * @param seed of this training; the next retraining takes the next
   */
  public void learn(Lesson lesson, long seed) throws StoreException {
    command("learns " + lesson.truth(), () -> maintenance.learn(lesson, seed));
  }

  /**
   * Teaches a lesson, as {@link #learn} by the present rules and from the next seed. A position
   * changes the lesson that is being learnt, or else the one that answers.
   *
   * @param lesson in the words of {@link Teaching}
   * @throws StoreException also if it is none, or no network of this shape can learn it
   */
  public Taught teach(String lesson) throws StoreException {
    Teaching teaching;
    try {
      teaching = Teaching.parse(lesson, truth());
    } catch (IllegalArgumentException e) {
      String reason = PrintableText.of(String.valueOf(e.getMessage()));
      throw refuse(new StoreException(StoreException.Reason.INPUT, reason, e));
    }
    return taught(() -> maintenance.teach(teaching));
  }

  /**
   * Teaches one position the next answer, as the teach button does: the other one if there is one
   * LED.
   *
   * @param row see {@link Decision#row}
   */
  public Taught teachNext(int row) throws StoreException {
    return taught(() -> maintenance.teachNext(row));
  }

  /** Teaches the configured lesson. */
  public Taught unteach() throws StoreException {
    return taught(maintenance::unteach);
  }

  /** Returns the push buttons among the switches; see {@link Board#buttons}. */
  public int buttons() {
    return board.buttons();
  }

  /** Returns whether {@link #setSwitch} moves the switches. */
  public boolean isSimulated() {
    return board instanceof SimulatedSwitches;
  }

  /**
   * Moves a switch of a simulated board.
   *
   * @param index 0 is switch A
   * @throws StoreException if people move it, or there is no such switch
   */
  public void setSwitch(long index, boolean closed) throws StoreException {
    if (!(board instanceof SimulatedSwitches simulated)) {
      throw refuse(
          new StoreException(
              StoreException.Reason.REFUSED, "only a hand moves the switches of this board", null));
    }
    int last = board.switches() - 1;
    if (index < 0 || index > last) {
      throw refuse(
          new StoreException(
              StoreException.Reason.INPUT,
              "switch: found " + index + ", expected 0 to " + last,
              null));
    }
    simulated.setSwitch((int) index, closed);
    refused = null;
  }

  private interface Lessons {
    Taught taught() throws StoreException;
  }

  private Taught taught(Lessons lessons) throws StoreException {
    AtomicReference<Taught> result = new AtomicReference<>();
    carryOut(() -> result.set(lessons.taught()));
    Taught taught = Objects.requireNonNull(result.get());
    Logger.info("lesson: {}", taught.text());
    return taught;
  }

  /** Returns the truth table that the answering weights were tested against. */
  public TruthTable truth() {
    return weights.truth();
  }

  /** Returns what is being learnt, or else what the next training learns. */
  public Lesson lesson() {
    return maintenance.lesson();
  }

  /**
   * Puts an image into slot 1, where it waits for {@link Event#TEST}. What could not answer here
   * never gets there: whatever this throws, both slots are as they were.
   *
   * @param file its bytes
   * @throws FormatException if it is no image, or not signed with the configured key
   * @throws StoreException if it fails the self-test, or as {@link #apply}
   */
  public void stage(byte[] file) throws FormatException, StoreException {
    WeightImage image;
    try {
      image = WeightImage.read(file);
      List<VerifyingKey> keys = configuration.get(Key.PUBLIC_KEY);
      if (!keys.isEmpty()) {
        image.requireSignedBy(keys);
      }
    } catch (FormatException e) {
      refused = e.getMessage();
      refusals.note("image refused: " + e.getMessage());
      throw e;
    }
    apply(Event.STAGE, image);
  }

  /**
   * Applies an event to the slots; the only way to change them.
   *
   * @param event {@link Event#START} reloads: it begins or ends a trial
   * @param image what {@link Event#STAGE} writes; or the one in slot 1 that {@link Event#TEST} and
   *     {@link Event#PERMANENT} mean, null for whatever is there
   */
  public void apply(Event event, @Nullable WeightImage image) throws StoreException {
    String done =
        switch (event) {
          case START -> "weights chosen anew";
          case STAGE -> "staged " + ImageText.of(Objects.requireNonNull(image));
          case TEST -> "slot 1 goes on trial with the next start";
          case PERMANENT -> "slot 1 takes over with the next start";
          case CONFIRM -> "confirmed";
          case REVERT -> "reverted";
          case ERASE -> "slot 1 erased";
          case FAIL -> throw new IllegalArgumentException("a failure is the store's own to find");
        };
    command(done, () -> weights.apply(event, image));
  }

  private void command(String done, Maintenance.Command command) throws StoreException {
    carryOut(command);
    Logger.info("{}", done);
  }

  private void carryOut(Maintenance.Command command) throws StoreException {
    try {
      maintenance.carryOut(command, clocks.get());
      refused = null;
    } catch (StoreException e) {
      throw refuse(e);
    }
  }

  /** Returns whether the image is signed by a configured key. */
  public boolean isTrusted(WeightImage image) {
    List<VerifyingKey> keys = configuration.get(Key.PUBLIC_KEY);
    if (keys.isEmpty()) {
      return false;
    }
    try {
      image.requireSignedBy(keys);
      return true;
    } catch (FormatException e) {
      return false;
    }
  }

  /** Runs the self-test in the current engine. */
  private @Nullable String failure(WeightImage image) {
    return ImageSelfTest.failure(image, configuration.lessonRule(), engine());
  }

  private StoreException refuse(StoreException refusal) {
    noteRefusal(String.valueOf(refusal.getMessage()));
    return refusal;
  }

  /** Notes what was refused before it came here, for {@link #refused}. Any thread. */
  public void noteRefusal(String reason) {
    refused = reason;
    refusals.note("refused: " + reason);
  }

  /** Returns why the last command was refused; null if it was not. */
  public @Nullable String refused() {
    return refused;
  }

  /**
   * Runs the network in the current engine.
   *
   * @param inputs one per switch, finite
   * @return null while no model answers
   */
  public @Nullable Inference infer(float[] inputs) {
    Parameters current = parameters();
    if (current == null) {
      return null;
    }
    float[] outputs = new float[current.topology().outputs()];
    engine().model(current).infer(inputs, outputs);
    return new Inference(current.topology(), outputs);
  }

  /** Returns the training progress; a requested training counts as running. */
  public TrainingProgress training() {
    return maintenance.progress();
  }

  public LossCurve curve() {
    return maintenance.curve();
  }

  /** Sets the source of the cable status for {@link #status}; it is called on any thread. */
  public void reportCable(Supplier<@Nullable CableStatus> newCable) {
    cable = newCable;
  }

  /** The same of the socket. */
  public void reportLine(Supplier<@Nullable LineStatus> newLine) {
    line = newLine;
  }

  /** Switches to the other engine. */
  public void swapEngine() throws StoreException {
    command("engine changed", weights::swapEngine);
  }

  /** Returns the image of what answers, whether or not it is in a slot; null if nothing does. */
  public @Nullable WeightImage answering() {
    return weights.image();
  }

  /** Returns the answering parameters, not to be changed; null if there are none. */
  public @Nullable Parameters parameters() {
    return weights.parameters();
  }

  public Engine engine() {
    return weights.engine();
  }

  public DeviceConfiguration configuration() {
    return configuration;
  }

  public Decision decision() {
    return loop.decision();
  }

  /**
   * Calls {@code wake} after each change of {@link #decision}, on the control thread; it must not
   * block or allocate. At most one listener.
   */
  public void onDecision(Runnable wake) {
    loop.onDecision(wake);
  }

  /** Returns how often a switch has changed. */
  public long changes() {
    return loop.acceptedChanges();
  }

  /** Returns the number of ticks of the control loop. */
  public long ticks() {
    return loop.heartbeat();
  }

  /** Returns why the LED does not answer; null if it does. */
  public @Nullable String outage() {
    return loop.outage();
  }

  /** Returns how often a fault switched the LED off. */
  public long faults() {
    return loop.faults();
  }

  /** Returns the last fault, also after it has ended; null if there was none. */
  public @Nullable String lastFault() {
    return loop.lastFault();
  }

  /**
   * Returns whether the start is complete: the loop runs, and the LED answers unless there are no
   * weights yet or a fault prevents it.
   */
  public boolean isReady() {
    boolean isHeld = parameters() == null || loop.faults() > 0;
    return weights.hasChosen() && loop.heartbeat() > 0 && (loop.outage() == null || isHeld);
  }

  /** Returns whether both threads are alive. */
  public boolean isIntact() {
    return controlThread.isAlive() && maintenanceThread.isAlive();
  }

  /** What is wrong with where the weights are kept, each with what mends it. */
  public List<String> storageProblems() {
    return weights.status().problems();
  }

  /**
   * Waits until maintenance has completed everything requested so far.
   *
   * @return false if that took longer
   */
  public boolean awaitMaintenance(Duration limit) {
    long ask = maintenance.asked();
    return await(() -> maintenance.isSettled(ask), limit);
  }

  /**
   * Waits until the newest model has answered a switch position.
   *
   * @param row see {@link Decision#row}
   * @return false on a timeout; see {@link #outage}
   */
  public boolean awaitAnswer(int row, Duration limit) {
    return await(
        () -> {
          Decision now = loop.decision();
          return now.valid() && now.row() == row && now.generation() == slot.generation();
        },
        limit);
  }

  private boolean await(BooleanSupplier condition, Duration limit) {
    long startedNanos = clock.nanoTime();
    Clock own = clocks.get();
    while (!condition.getAsBoolean()) {
      if (clock.nanoTime() - startedNanos > limit.toNanos()) {
        return false;
      }
      own.await(POLL_NANOS);
    }
    return true;
  }

  /** Returns the status for people and scripts. */
  public DeviceStatus status() {
    TrainingProgress training = maintenance.progress();
    Lesson lesson = maintenance.lesson();
    return new DeviceStatus(
        board.toString(),
        engine().label(),
        weights.quantization(),
        lesson.topology().toString(),
        weights.truth(),
        configuration.get(Key.TRUTH),
        training.running() ? lesson.truth() : null,
        lesson.recipe().name(),
        weights.text(),
        weights.status(),
        configuration.get(Key.PUBLIC_KEY).stream().map(VerifyingKey::hashText).toList(),
        training.text(),
        training.count(),
        loop.decision(),
        configuration.get(Key.DEBOUNCE_MILLIS),
        loop.acceptedChanges(),
        loop.rejectedBounces(),
        loop.heartbeat(),
        (clock.nanoTime() - startNanos) / 1_000_000_000,
        loop.faults(),
        loop.lastFault(),
        loop.outage(),
        cable.get(),
        line.get());
  }

  /** Returns whether {@link #close} has not been called yet. */
  public boolean isRunning() {
    return !closing;
  }

  /**
   * Ends both threads, switches the LED off and releases the board. Maintenance completes the
   * command that has begun; waiting commands are refused. Idempotent; a concurrent call blocks
   * until the first one finishes, because a signal and the end of the command may coincide.
   */
  @Override
  public synchronized void close() {
    closing = true;
    maintenance.stop();
    loop.stop();
    controlThread.join();
    maintenanceThread.join();
    maintenance.refuseAll();
    refusals.close();
    board.close();
  }
}
