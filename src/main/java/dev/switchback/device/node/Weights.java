package dev.switchback.device.node;

import dev.switchback.Clock;
import dev.switchback.core.Engine;
import dev.switchback.core.Quantization;
import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.control.ControlLoop;
import dev.switchback.device.control.ModelSlot;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.Running;
import dev.switchback.device.store.SelfTest;
import dev.switchback.device.store.SlotStatus;
import dev.switchback.device.store.Storage;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.StoreException.Reason;
import dev.switchback.device.store.StoreStatus;
import dev.switchback.device.store.Swap;
import dev.switchback.device.store.VersionRule;
import dev.switchback.device.store.WeightStore;
import dev.switchback.format.ImageMetadata;
import dev.switchback.format.ImageSelfTest;
import dev.switchback.format.ImageText;
import dev.switchback.format.LessonRule;
import dev.switchback.format.WeightImage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The answering weights: takes them from the store and publishes them to the control loop whenever
 * they change. Maintenance thread only, except {@link #status}, {@link #text}, {@link #engine},
 * {@link #image}, {@link #parameters}, {@link #truth} and {@link #hasChosen}.
 */
final class Weights {
  private static final long POLL_NANOS = 200_000;

  /** A loop with a fault answers later; nothing waits for it. */
  private static final int LED_FIRST_POLLS = 50;

  /** Enough for a thousand points of 2-2-1, and little beside the training of any network. */
  private static final int COMPARED_WORK = 10_000;

  private final WeightStore store;
  private final LessonRule lessons;
  private final FirstWeights first;
  private final ControlLoop loop;
  private final ModelSlot slot;
  private final Clock clock;

  private final Set<String> logged = new HashSet<>();
  private String origin = "";

  // Written by the maintenance thread, read by any.
  private volatile Engine engine;
  private volatile @Nullable WeightImage current;
  private volatile @Nullable Parameters parameters;
  private volatile TruthTable truth;
  private volatile StoreStatus status;
  private volatile String text = "none yet";
  private volatile String quantization = "";
  private volatile boolean chosen;

  /**
   * Reads nothing before the first {@link Event#START}.
   *
   * @param first what answers where nothing is kept
   * @param lessons that images may have
   * @param engine that answers at first
   * @param selfTest asked in whatever engine answers then
   * @param clock the maintenance thread's own
   */
  Weights(
      Storage storage,
      FirstWeights first,
      LessonRule lessons,
      SelfTest selfTest,
      VersionRule versions,
      Engine engine,
      ControlLoop loop,
      ModelSlot slot,
      Clock clock) {
    this.store = new WeightStore(storage, first::image, selfTest, versions);
    this.first = first;
    this.lessons = lessons;
    this.truth = lessons.own();
    this.engine = engine;
    this.loop = loop;
    this.slot = slot;
    this.clock = clock;
    this.status = store.status();
  }

  /**
   * Applies an event to the slots. When it returns, the change is durable and the returned state
   * answers.
   *
   * @param event {@link Event#START} chooses anew: begins or ends a trial
   * @param image see {@link WeightStore#apply}
   */
  void apply(Event event, @Nullable WeightImage image) throws StoreException {
    if (event == Event.START) {
      store.start();
      take(true);
      chosen = true;
      return;
    }
    if (event == Event.STAGE) {
      requireLesson(Objects.requireNonNull(image));
    }
    boolean isSettled = !status.running().onTrial() && status.swap() == Swap.NONE;
    try {
      store.apply(event, image);
    } finally {
      take(false);
    }
    if (event == Event.REVERT && isSettled) {
      // The image before answers at once: what the store leaves to a start is done here.
      apply(Event.START, null);
    }
  }

  /**
   * Requires that a training may begin.
   *
   * @throws StoreException if an image is on trial or the configuration insists on another lesson
   */
  void requireTeachable(TruthTable wanted) throws StoreException {
    if (lessons.excludes(wanted)) {
      throw new StoreException(
          Reason.REFUSED,
          "the configuration insists on lesson " + lessons.own() + " (lesson = configured)",
          null);
    }
    if (status.running().onTrial()) {
      throw new StoreException(Reason.REFUSED, "confirm or revert the trial first", null);
    }
  }

  /** Refuses an image without a lesson if the next start would test it against another one. */
  private void requireLesson(WeightImage image) throws StoreException {
    if (image.lesson() == null && !truth.equals(lessons.own())) {
      throw new StoreException(
          Reason.SELF_TEST,
          "the image states no lesson, and the device's is "
              + truth
              + " instead of the configured "
              + lessons.own()
              + ": deploy it with --truth",
          null);
    }
  }

  /** Publishes anew after a start, or if something else answers, or for another reason. */
  private void take(boolean isStart) {
    status = store.status();
    Running running = store.running();
    if (isStart || !isTaken(running)) {
      logNewProblems(status.problems());
      WeightImage image = running.image();
      if (image != null) {
        publish(image, running.origin());
      }
    }
  }

  private boolean isTaken(Running running) {
    WeightImage image = running.image();
    WeightImage now = current;
    return image != null
        && now != null
        && image.hashText().equals(now.hashText())
        && running.origin().equals(origin);
  }

  /** Each once, for as long as it lasts: a reload meets the same ones again. */
  private void logNewProblems(List<String> problems) {
    logged.retainAll(problems);
    for (String problem : problems) {
      if (logged.add(problem)) {
        Logger.warn("{}", problem);
      }
    }
  }

  /**
   * Stores trained weights and puts them in use. If they cannot be stored, the previous weights
   * stay in use; if there are none, the new ones answer until the device stops.
   */
  void keep(TrainingSession training) {
    WeightImage now = current;
    WeightImage before = now == null ? FactoryImage.read() : now;
    WeightImage image =
        WeightImage.of(
            before.version().nextBuild(), training.result(), training.engine(), origin(training));
    try {
      store.apply(Event.STAGE, image);
      store.apply(Event.PERMANENT, image);
      apply(Event.START, null);
    } catch (StoreException e) {
      take(false);
      Logger.warn("the new weights could not be kept: {}", e.getMessage());
      if (current == null) {
        publish(image, "not kept");
      }
    }
  }

  /** What the metadata of its result say of where it came from. */
  static Map<String, String> origin(TrainingSession training) {
    return Map.of(
        ImageMetadata.RECIPE, training.recipe().name(),
        ImageMetadata.LESSON, training.truth().toString(),
        ImageMetadata.SEED, String.valueOf(training.seed()));
  }

  /**
   * Whether the device never learnt anything of its own that still serves. What cannot be read at
   * the moment may serve again.
   */
  boolean isUntaught() {
    WeightImage now = current;
    List<SlotStatus> slots = status.slots();
    return now == null
        || (first == FirstWeights.FACTORY
            && slots.stream().noneMatch(SlotStatus::unreadable)
            && slots.get(1).image() == null
            && now.hashText().equals(FactoryImage.read().hashText()));
  }

  /**
   * Switches to the other engine.
   *
   * @throws StoreException if the network would answer in another way there
   */
  void swapEngine() throws StoreException {
    Engine other = engine == Engine.FLOAT ? Engine.FIXED : Engine.FLOAT;
    WeightImage image = current;
    String failure = image == null ? null : ImageSelfTest.failure(image, lessons, other);
    if (failure != null) {
      throw new StoreException(Reason.SELF_TEST, "the network " + failure, null);
    }
    engine = other;
    Parameters now = parameters;
    if (now != null) {
      publish(now);
      Logger.info("engine {}", engine.label());
    }
  }

  private void publish(WeightImage image, String newOrigin) {
    current = image;
    origin = newOrigin;
    text = ImageText.of(image) + ", " + origin;
    truth = lessons.of(image);
    publish(image.parameters());
    Logger.info("weights {}", text);
  }

  private void publish(Parameters published) {
    parameters = published;
    Model model = engine.model(published);
    // Whatever is made for a first answer, such as the table of a function, is not left to control.
    Answers.of(model);
    int generation = slot.publish(model);
    loop.wake();
    // The LED first: what maintenance does next may take the only processor.
    for (int i = 0; i < LED_FIRST_POLLS && loop.decision().generation() != generation; i++) {
      clock.await(POLL_NANOS);
    }
    quantization = engine == Engine.FIXED ? quantized(published) : "";
  }

  /** Describes what fixed point changes in a network, and logs it. */
  private static String quantized(Parameters published) {
    Quantization found = Quantization.of(published, COMPARED_WORK);
    if (found.cuts()) {
      Logger.warn("fixed point {}", found);
    } else {
      Logger.info("fixed point {}", found);
    }
    return found.toString();
  }

  StoreStatus status() {
    return status;
  }

  /** Describes the answering weights for people. */
  String text() {
    return text;
  }

  Engine engine() {
    return engine;
  }

  /** Describes what fixed point changes in the answering network; empty in float. */
  String quantization() {
    return quantization;
  }

  /** Returns the image of the answering weights; null if there are none. */
  @Nullable WeightImage image() {
    return current;
  }

  /** Returns the answering parameters, not to be changed; null if there are none. */
  @Nullable Parameters parameters() {
    return parameters;
  }

  /** Returns the lesson of the answering weights; the configured one if there are none. */
  TruthTable truth() {
    return truth;
  }

  /** Returns whether the first choice of weights was made. */
  boolean hasChosen() {
    return chosen;
  }
}
