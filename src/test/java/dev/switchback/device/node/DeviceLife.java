package dev.switchback.device.node;

import dev.switchback.Clock;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.Running;
import dev.switchback.device.store.Storage;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.TestImage;
import dev.switchback.format.FormatException;
import dev.switchback.format.ImageMetadata;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.AllocatedBytes;
import dev.switchback.sim.FakeBoard;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A whole {@link Device} on one thread and in virtual time, from one start of the program to its
 * end: whoever waits lets the others have their turn. What the storage throws comes through. As a
 * {@link Function} it takes and gives texts alone, so that it can live in a class loader of its
 * own.
 */
public final class DeviceLife implements Function<String, String> {
  private static final long TURN_NANOS = 200_000;
  private static final long BLINKED_NANOS = 1_000_000_000;
  private static final TruthTable TRUTH = TruthTable.XOR;

  private final FakeBoard board;
  private final Device device;
  private long nowNanos;
  private boolean isMaintaining;

  public DeviceLife(Storage storage) {
    this(DeviceConfiguration.defaults(), storage);
  }

  /** The most that a tick allocated since the engine was changed. */
  private long tickBytes;

  DeviceLife(DeviceConfiguration configuration, Storage storage) {
    this(configuration, storage, new TrainingListener() {});
  }

  DeviceLife(DeviceConfiguration configuration, Storage storage, TrainingListener listener) {
    this(configuration, storage, listener, new FakeBoard(TRUTH.inputs()), 0);
  }

  /** One of several starts: the board and its clock were there before. */
  public DeviceLife(
      DeviceConfiguration configuration,
      Storage storage,
      TrainingListener listener,
      FakeBoard board,
      long nowNanos) {
    this.board = board;
    this.nowNanos = nowNanos;
    this.device =
        new Device(configuration, board, storage, FirstWeights.FACTORY, listener, Turn::new);
  }

  /** The clock of one thread, none of which there is. */
  private final class Turn implements Clock {
    @Override
    public long nanoTime() {
      return nowNanos;
    }

    @Override
    public void await(long nanos) {
      if (!isMaintaining) {
        maintain();
      }
      control();
    }

    @Override
    public void wake() {
      // Its turn comes by itself.
    }
  }

  /** One step of the maintenance thread; whether there was something to do. */
  public boolean maintain() {
    isMaintaining = true;
    try {
      return device.maintenance().step();
    } finally {
      isMaintaining = false;
    }
  }

  private void control() {
    long bytes = AllocatedBytes.window(this::tick, 1);
    tickBytes = Math.max(tickBytes, bytes);
  }

  private void tick() {
    nowNanos += Math.min(device.loop().tick(nowNanos), TURN_NANOS);
  }

  /** One to wait on, for a caller. */
  Clock clock() {
    return new Turn();
  }

  public Device device() {
    return device;
  }

  FakeBoard board() {
    return board;
  }

  /** The program starts, and does all it does by itself. */
  void start() {
    device.maintenance().begin("test board");
    settle();
  }

  /** Until there is nothing left to do, a training included. */
  void settle() {
    control();
    while (maintain()) {
      control();
    }
    control();
  }

  /**
   * Does something.
   *
   * @param step {@code start}, or a command of the device, perhaps with an image by name
   * @return empty, or why the command was refused
   */
  @Override
  public String apply(String step) {
    String[] words = step.split(" ", -1);
    try {
      switch (words[0]) {
        case "start" -> start();
        case "answering" -> {
          return answering();
        }
        case "problems" -> {
          return String.join("\n", device.storageProblems());
        }
        case "swap" -> {
          tickBytes = 0;
          device.swapEngine();
          return String.valueOf(tickBytes);
        }
        case "stage" -> device.stage(TestImage.valueOf(words[1]).bytes());
        case "test" -> device.apply(Event.TEST, null);
        case "permanent" -> device.apply(Event.PERMANENT, null);
        case "confirm" -> device.apply(Event.CONFIRM, null);
        case "revert" -> device.apply(Event.REVERT, null);
        case "erase" -> device.apply(Event.ERASE, null);
        case "reload" -> device.apply(Event.START, null);
        case "teach" -> {
          device.teach(words[1]);
          settle();
          sleep(BLINKED_NANOS);
        }
        case "retrain" -> {
          device.retrain();
          settle();
        }
        default -> throw new IllegalArgumentException(step);
      }
      return "";
    } catch (StoreException | FormatException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /**
   * What answers, with a question mark if it is on trial; {@code none}, and then the LED is dark
   * and says why. Whatever claims to answer does, in every switch position.
   */
  String answering() {
    Running running = device.status().store().running();
    WeightImage image = running.image();
    if (image == null) {
      requireDark();
      return "none";
    }
    requireAnswers(image);
    return name(image) + (running.onTrial() ? "?" : "");
  }

  private static String name(WeightImage image) {
    return Arrays.stream(TestImage.values())
        .filter(known -> Arrays.equals(known.bytes(), image.bytes()))
        .map(TestImage::name)
        .findFirst()
        .orElseGet(() -> learnt(image));
  }

  private static String learnt(WeightImage image) {
    require(
        "device".equals(image.metadata().get(ImageMetadata.RECIPE)), image.hashText() + " answers");
    return "LEARNT";
  }

  private void requireDark() {
    control();
    require(!board.ledActive(), "the LED is lit, and nothing answers");
    require(device.outage() != null, "the LED is dark without a word");
  }

  private void requireAnswers(WeightImage image) {
    require(
        Objects.equals(image.parameters(), device.parameters()),
        "other weights answer than it says");
    require(
        device.truth().equals(device.configuration().lessonRule().of(image)),
        "the lesson is not that of the weights");
    for (int row = 0; row < TRUTH.rows(); row++) {
      board.setRow(row);
      settleSwitches();
      @Nullable String outage = device.outage();
      require(outage == null, "row " + row + ": " + outage);
      require(device.decision().row() == row, "row " + row + " was not read");
      require(board.shown() == device.truth().answer(row), "row " + row + " is wrong");
    }
  }

  private void settleSwitches() {
    pass(2 * device.configuration().get(Key.DEBOUNCE_MILLIS));
  }

  /** Has the program begin; {@link #maintain} does the rest. */
  public void begin() {
    device.maintenance().begin("test board");
  }

  public long nowNanos() {
    return nowNanos;
  }

  /** The clock goes on without anybody getting a turn, as after a machine slept. */
  public void jump(long nanos) {
    nowNanos += nanos;
  }

  /** Lets time pass for the control thread, and looks once more at the end of it. */
  public void pass(int millis) {
    long endNanos = nowNanos + 1_000_000L * millis;
    while (nowNanos - endNanos < 0) {
      long nextNanos = device.loop().tick(nowNanos);
      nowNanos += Math.min(nextNanos, Math.min(TURN_NANOS, endNanos - nowNanos));
    }
    device.loop().tick(nowNanos);
  }

  /** Lets time pass for the control thread as it asks to be woken, and looks once more. */
  public void sleep(long nanos) {
    long endNanos = nowNanos + nanos;
    long nextNanos = device.loop().tick(nowNanos);
    while (nowNanos + nextNanos - endNanos < 0) {
      nowNanos += Math.max(1, nextNanos);
      nextNanos = device.loop().tick(nowNanos);
    }
    nowNanos = endNanos;
    device.loop().tick(nowNanos);
  }

  private static void require(boolean fact, String otherwise) {
    if (!fact) {
      throw new AssertionError(otherwise);
    }
  }
}
