package dev.switchback.node;

import dev.switchback.control.ControlLoop;
import dev.switchback.control.Decision;
import dev.switchback.control.ModelSlot;
import dev.switchback.hal.Board;
import dev.switchback.hal.Clock;
import dev.switchback.hal.Storage;
import dev.switchback.hal.SystemClock;
import dev.switchback.image.FormatException;
import dev.switchback.image.VerifyingKey;
import dev.switchback.image.WeightImage;
import dev.switchback.nn.NamedRecipe;
import dev.switchback.nn.Parameters;
import dev.switchback.nn.Recipe;
import dev.switchback.nn.Topology;
import dev.switchback.nn.fixed.Engine;
import dev.switchback.store.StoreCommand;
import dev.switchback.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The device put together: two threads and the slot between them.
 *
 * <ul>
 *   <li><b>control</b> runs {@link ControlLoop} from {@link #start()} to {@link #close()}.
 *   <li><b>maintenance</b> does one thing after another: chooses the first weights, stages, tests,
 *       confirms and reverts images, changes the engine; and between these it trains, epoch by
 *       epoch. Training works on a private copy; the LED answers from the old weights until the new
 *       ones are kept and pass the self-test.
 * </ul>
 *
 * <p>All public methods may be called on any thread. Those that change the weights return when it
 * is done and nothing of it can be lost.
 */
public final class Device implements AutoCloseable {
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(5);
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);
  private static final long POLL_NANOS = 200_000;

  /** A loop that has a fault answers later; nobody waits for it. */
  private static final int LED_FIRST_POLLS = 50;

  /** Epochs between two looks that others can take at a training. */
  private static final int LOOK_EPOCHS = 16;

  private final DeviceConfiguration configuration;
  private final Board board;
  private final Recipe recipe;
  private final WeightKeeper weights;
  private final TrainingListener listener;
  private final ModelSlot slot = new ModelSlot();
  private final ControlLoop loop;
  private final Thread control;
  private final Thread maintenance;
  private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
  private final long startNanos;
  private final Clock clock = new SystemClock();
  private final Clock controlClock = new SystemClock();

  // Maintenance only.
  private final List<CountDownLatch> waiting = new ArrayList<>();
  private @Nullable Training training;

  // Written by maintenance, read by any thread.
  private final AtomicInteger trainingsAsked = new AtomicInteger();
  private final TrainingCurve curve = new TrainingCurve();
  private volatile Engine engine;
  private volatile @Nullable Parameters parameters;
  private volatile TrainingProgress progress = TrainingProgress.NONE;

  private volatile @Nullable String refused;
  private volatile Supplier<@Nullable CableStatus> cable = () -> null;
  private volatile boolean chosen;
  private volatile boolean closing;

  /**
   * Takes over the board; nothing moves before {@link #start()}.
   *
   * @param storage where the weights are kept; stays open, and belongs to maintenance
   * @param listener looks on while the device trains
   */
  public Device(
      DeviceConfiguration configuration, Board board, Storage storage, TrainingListener listener) {
    this.configuration = configuration;
    this.board = board;
    this.listener = listener;
    this.engine = configuration.engine();
    this.recipe = recipe(configuration);
    this.weights =
        new WeightKeeper(
            storage, new DeviceSelfTest(configuration.truth(), () -> engine), this::publish);
    this.startNanos = clock.nanoTime();
    this.loop =
        new ControlLoop(controlClock, board, slot, configuration.debounceMillis() * 1_000_000L);
    this.control = Thread.ofPlatform().name("control").unstarted(loop);
    this.maintenance = Thread.ofPlatform().name("maintenance").unstarted(this::maintain);
  }

  private static Recipe recipe(DeviceConfiguration configuration) {
    NamedRecipe recipe = configuration.recipe();
    Topology topology =
        configuration.topology().isEmpty()
            ? recipe.topology(configuration.truth().inputs())
            : recipe.topology(configuration.topology());
    return recipe.recipe(topology, configuration.truth());
  }

  /** Starts both threads; maintenance first chooses weights, and trains if it never did. */
  public void start() {
    work.add(this::firstWeights);
    control.start();
    maintenance.start();
  }

  private void maintain() {
    while (!closing) {
      try {
        settle();
        Runnable next = training == null ? work.take() : work.poll();
        if (next != null) {
          next.run();
        } else {
          trainOn();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        Logger.error(e, "maintenance failed and goes on");
        endTraining("failed: " + e);
      }
    }
  }

  /** Begins the next training that was asked for, or tells who waits that there is none. */
  private void settle() {
    while (training == null && trainingsAsked.get() > 0) {
      train();
      trainingsAsked.decrementAndGet();
    }
    if (training == null) {
      waiting.forEach(CountDownLatch::countDown);
      waiting.clear();
    }
  }

  private void firstWeights() {
    weights.start();
    chosen = true;
    // Not before: the logger is slow with its first line, and the LED does not wait for it.
    Logger.info("board {}, truth {}, {}", board, configuration.truth(), recipe.topology());
    if (weights.isUntaught()) {
      train();
    }
  }

  private void train() {
    TrainingProgress before = progress;
    String refusal = weights.refusal();
    if (refusal != null) {
      endTraining(refusal);
      Logger.warn("training {}", refusal);
      return;
    }
    long seed = configuration.seed() + before.count();
    Training begun = new Training(recipe, configuration.truth(), engine, seed);
    curve.begin(before.count() + 1);
    progress = new TrainingProgress(true, before.count() + 1, 0, Float.NaN, before.text());
    listener.began(begun);
    training = begun;
  }

  private void trainOn() {
    Training now = Objects.requireNonNull(training);
    if (now.step()) {
      curve.add(now.epochs(), (float) now.loss());
      if (now.epochs() % LOOK_EPOCHS == 0) {
        look(now);
      }
      listener.trained(now);
      return;
    }
    String summary = now.summary();
    listener.ended(now);
    if (now.isSolved()) {
      weights.keep(now.result(), now.engine(), now.origin());
    } else {
      Logger.warn("{}; {}", summary, configuration.recipe().advice(recipe.topology()));
    }
    look(now);
    endTraining(summary);
  }

  private void look(Training now) {
    progress =
        new TrainingProgress(
            true, progress.count(), now.epochs(), (float) now.loss(), progress.text());
  }

  private void endTraining(String text) {
    training = null;
    progress =
        new TrainingProgress(false, progress.count(), progress.epochs(), progress.loss(), text);
  }

  private void publish(Parameters published) {
    parameters = published;
    int generation = slot.publish(engine.model(published));
    controlClock.wake();
    letAnswer(generation);
  }

  /** The LED first: what maintenance does next may take the only processor. */
  private void letAnswer(int generation) {
    for (int i = 0; i < LED_FIRST_POLLS && decision().generation() != generation; i++) {
      clock.await(POLL_NANOS);
    }
  }

  /** Trains anew from the next seed; the LED goes on answering. Returns at once. */
  public void retrain() {
    trainingsAsked.incrementAndGet();
    work.add(() -> {}); // Wakes maintenance, which looks for itself.
  }

  /**
   * Puts an image into slot 1, where it waits for {@link #test}.
   *
   * @param file its bytes
   * @throws FormatException if it is no image, or not signed with the configured key; nothing
   *     changed
   */
  public void stage(byte[] file) throws FormatException, StoreException {
    WeightImage image;
    try {
      image = WeightImage.read(file);
      VerifyingKey key = configuration.publicKey();
      if (key != null) {
        image.requireSignedBy(key);
      }
    } catch (FormatException e) {
      refused = e.getMessage();
      Logger.warn("image refused: {}", e.getMessage());
      throw e;
    }
    command("staged " + ImageText.of(image), () -> weights.stage(image));
  }

  /**
   * Has slot 1 answer on trial after the next {@link #reload}.
   *
   * @param hash of the image that is meant; null for whatever is there
   */
  public void test(byte @Nullable [] hash) throws StoreException {
    command("slot 1 goes on trial with the next start", () -> weights.test(hash));
  }

  /**
   * Has slot 1 answer for good after the next {@link #reload}.
   *
   * @param hash of the image that is meant; null for whatever is there
   */
  public void permanent(byte @Nullable [] hash) throws StoreException {
    command("slot 1 takes over with the next start", () -> weights.permanent(hash));
  }

  /** Keeps what answers, if it is on trial. */
  public void confirm() throws StoreException {
    command("confirmed", weights::confirm);
  }

  /** Has the image before answer, at once. */
  public void revert() throws StoreException {
    command("reverted", weights::revert);
  }

  /** Empties slot 1. */
  public void erase() throws StoreException {
    command("slot 1 erased", weights::erase);
  }

  /** Chooses what answers anew, as a start does: begins or ends a trial. */
  public void reload() throws StoreException {
    command("weights chosen anew", weights::start);
  }

  private void command(String done, StoreCommand command) throws StoreException {
    FutureTask<@Nullable Void> task =
        new FutureTask<>(() -> {
          command.run();
          return null;
        });
    work.add(task);
    try {
      task.get(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS);
      refused = null;
      Logger.info("{}", done);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException refusal) {
        refused = refusal.getMessage();
        Logger.warn("refused: {}", refusal.getMessage());
        throw refusal;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      task.cancel(false);
      throw new StoreException(StoreException.Reason.REFUSED, "the device is busy or ending", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(StoreException.Reason.REFUSED, "interrupted", e);
    }
  }

  /** Why the last command for the weights was refused; null if it was not. */
  public @Nullable String refused() {
    return refused;
  }

  /**
   * What the network says, in the engine that answers.
   *
   * @param inputs one per switch, finite
   * @return one number per output; null while no model answers
   */
  public float @Nullable [] infer(float[] inputs) {
    Parameters current = parameters;
    if (current == null) {
      return null;
    }
    float[] outputs = new float[current.topology().outputs()];
    engine.model(current).infer(inputs, outputs);
    return outputs;
  }

  /** How training goes; one that was asked for and has not begun counts as running. */
  public TrainingProgress training() {
    TrainingProgress now = progress;
    return trainingsAsked.get() > 0 ? now.asRunning() : now;
  }

  public TrainingCurve curve() {
    return curve;
  }

  /** Lets {@link #status} tell of the cable; asked on any thread. */
  public void report(Supplier<@Nullable CableStatus> newCable) {
    cable = newCable;
  }

  /** Answers with the other engine from now on. Returns at once. */
  public void swapEngine() {
    work.add(() -> {
      engine = engine == Engine.FLOAT ? Engine.FIXED : Engine.FLOAT;
      Parameters current = parameters;
      if (current != null) {
        publish(current);
        Logger.info("engine {}", engine.label());
      }
    });
  }

  /** The parameters that answer now, not to be changed; null as long as there are none. */
  public @Nullable Parameters parameters() {
    return parameters;
  }

  public Engine engine() {
    return engine;
  }

  public Recipe recipe() {
    return recipe;
  }

  public DeviceConfiguration configuration() {
    return configuration;
  }

  public Decision decision() {
    return loop.decision();
  }

  /** Ticks of the control loop so far. */
  public long ticks() {
    return loop.heartbeat();
  }

  /** Why the LED does not answer; null while it does. */
  public @Nullable String outage() {
    return loop.outage();
  }

  /** Times that the LED went off by a fault. */
  public long faults() {
    return loop.faults();
  }

  /** The last fault, kept after it is over; null if there was none. */
  public @Nullable String lastFault() {
    return loop.lastFault();
  }

  /**
   * Whether the start is over: the loop runs, and the LED answers unless there are no weights yet
   * or a fault forbids it.
   */
  public boolean isReady() {
    boolean isHeld = parameters == null || loop.faults() > 0;
    return chosen && loop.heartbeat() > 0 && (loop.outage() == null || isHeld);
  }

  /** Whether both threads live. */
  public boolean isIntact() {
    return control.isAlive() && maintenance.isAlive();
  }

  /** What is wrong with where the weights are kept, each with what mends it. */
  public List<String> storageProblems() {
    return weights.status().problems();
  }

  /**
   * Waits until maintenance has done all it was asked for before.
   *
   * @return false if that took longer
   */
  public boolean awaitMaintenance(Duration limit) {
    CountDownLatch done = new CountDownLatch(1);
    work.add(() -> waiting.add(done));
    return await(() -> done.getCount() == 0, limit);
  }

  /**
   * Waits for the answer of the newest model to a switch position.
   *
   * @param row see {@link Decision#row}
   * @return false if it does not come: see {@link #outage}
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
    Clock own = new SystemClock();
    while (!condition.getAsBoolean()) {
      if (clock.nanoTime() - startedNanos > limit.toNanos()) {
        return false;
      }
      own.await(POLL_NANOS);
    }
    return true;
  }

  /** What people and scripts see of the device. */
  public DeviceStatus status() {
    return new DeviceStatus(
        board.toString(),
        engine.label(),
        recipe.topology().toString(),
        configuration.truth().toString(),
        recipe.name(),
        weights.text(),
        weights.status(),
        progress.text(),
        progress.count(),
        DecisionText.of(configuration.truth().inputs(), loop.decision()),
        configuration.debounceMillis(),
        loop.acceptedChanges(),
        loop.rejectedBounces(),
        loop.heartbeat(),
        (clock.nanoTime() - startNanos) / 1_000_000_000,
        loop.faults(),
        loop.lastFault(),
        loop.outage(),
        cable.get());
  }

  /** Whether {@link #close} was not yet called. */
  public boolean isRunning() {
    return !closing;
  }

  /**
   * Ends both threads, switches the LED off and gives the board back. Once more does nothing, but
   * waits for whoever is at it: a signal and the command's own end may meet here.
   */
  @Override
  public synchronized void close() {
    closing = true;
    loop.stop();
    maintenance.interrupt();
    join(control);
    join(maintenance);
    board.close();
  }

  private static void join(Thread thread) {
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      if (!thread.join(JOIN_LIMIT)) {
        Logger.error("thread {} did not end", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
