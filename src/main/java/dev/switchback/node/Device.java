package dev.switchback.node;

import dev.switchback.control.ControlLoop;
import dev.switchback.control.Decision;
import dev.switchback.control.ModelSlot;
import dev.switchback.hal.Board;
import dev.switchback.hal.Clock;
import dev.switchback.hal.Storage;
import dev.switchback.hal.SystemClock;
import dev.switchback.nn.NamedRecipe;
import dev.switchback.nn.Parameters;
import dev.switchback.nn.Recipe;
import dev.switchback.nn.Topology;
import dev.switchback.nn.fixed.Engine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The device put together: two threads and the slot between them.
 *
 * <ul>
 *   <li><b>control</b> runs {@link ControlLoop} from {@link #start()} to {@link #close()}.
 *   <li><b>maintenance</b> does one thing after another: chooses the first weights, trains, keeps
 *       what was trained, changes the engine. Training works on a private copy; the LED answers
 *       from the old weights until the new ones are kept and pass the self-test.
 * </ul>
 *
 * <p>All public methods may be called on any thread.
 */
public final class Device implements AutoCloseable {
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(5);
  private static final long POLL_NANOS = 200_000;

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

  // Written by maintenance, read by any thread.
  private volatile Engine engine;
  private volatile @Nullable Parameters parameters;
  private volatile String trainingText = "none yet";
  private final AtomicInteger trainings = new AtomicInteger();
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
    Logger.info("board {}, truth {}, {}", board, configuration.truth(), recipe.topology());
    work.add(this::firstWeights);
    control.start();
    maintenance.start();
  }

  private void maintain() {
    while (!closing) {
      try {
        work.take().run();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        Logger.error(e, "maintenance failed and goes on");
      }
    }
  }

  private void firstWeights() {
    weights.start();
    if (weights.isUntaught()) {
      train();
    }
  }

  private void train() {
    String refusal = weights.refusal();
    if (refusal != null) {
      trainingText = refusal;
      Logger.warn("training {}", refusal);
      return;
    }
    long seed = configuration.seed() + trainings.getAndIncrement();
    Training training = new Training(recipe, configuration.truth(), engine, seed);
    listener.began(training);
    while (!closing && training.step()) {
      listener.trained(training);
    }
    if (closing) {
      return;
    }
    trainingText = training.summary();
    listener.ended(training);
    if (training.isSolved()) {
      weights.keep(training.result(), engine, training.origin());
    } else {
      Logger.warn("{}; {}", trainingText, configuration.recipe().advice(recipe.topology()));
    }
  }

  private void publish(Parameters published) {
    parameters = published;
    slot.publish(engine.model(published));
    controlClock.wake();
  }

  /** Trains anew from the next seed; the LED goes on answering. Returns at once. */
  public void retrain() {
    work.add(this::train);
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
    work.add(done::countDown);
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
        trainingText,
        trainings.get(),
        DecisionText.of(configuration.truth().inputs(), loop.decision()),
        configuration.debounceMillis(),
        loop.acceptedChanges(),
        loop.rejectedBounces(),
        loop.heartbeat(),
        (clock.nanoTime() - startNanos) / 1_000_000_000,
        loop.faults(),
        loop.lastFault(),
        loop.outage());
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
