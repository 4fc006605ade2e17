package dev.switchback.device.node;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Parameters;
import dev.switchback.device.store.Running;
import dev.switchback.device.store.SelfTest;
import dev.switchback.device.store.SlotStatus;
import dev.switchback.device.store.Storage;
import dev.switchback.device.store.StoreCommand;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.StoreStatus;
import dev.switchback.device.store.Swap;
import dev.switchback.device.store.WeightStore;
import dev.switchback.format.ImageText;
import dev.switchback.format.WeightImage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The weights of the device: hands what should answer to whoever publishes it, and keeps what was
 * trained. Maintenance thread only, but for {@link #status} and {@link #text}.
 */
final class WeightKeeper {
  private final WeightStore store;
  private final Consumer<Parameters> answering;

  private final Set<String> logged = new HashSet<>();
  private @Nullable WeightImage current;
  private String origin = "";
  private volatile StoreStatus status;
  private volatile String text = "none yet";

  /**
   * @param answering told of the parameters that answer from now on
   */
  WeightKeeper(Storage storage, SelfTest selfTest, Consumer<Parameters> answering) {
    this.store = new WeightStore(storage, FactoryImage::read, selfTest);
    this.answering = answering;
    this.status = store.status();
  }

  /** Lets the store choose what answers: when the device starts, and to end or begin a trial. */
  void start() {
    take(store.start());
  }

  /**
   * Whether the device never learnt anything of its own that still serves. What cannot be read at
   * the moment may serve again.
   */
  boolean isUntaught() {
    WeightImage now = current;
    List<SlotStatus> slots = status.slots();
    return now == null
        || (slots.stream().noneMatch(SlotStatus::unread)
            && slots.get(1).image() == null
            && now.hashText().equals(FactoryImage.read().hashText()));
  }

  /** Why nothing may be trained now; null if it may. */
  @Nullable String refusal() {
    return status.running().onTrial() ? "refused: confirm or revert the trial first" : null;
  }

  /**
   * Keeps what was trained and lets it answer. If it cannot be kept, what answers goes on; where
   * nothing does, it answers until the device ends.
   *
   * @param origin metadata that tell where it came from
   */
  void keep(Parameters trained, Engine engine, Map<String, String> origin) {
    WeightImage before = current == null ? FactoryImage.read() : current;
    WeightImage image = WeightImage.of(before.version().nextBuild(), trained, engine, origin);
    try {
      store.stage(image);
      store.permanent(image.hash());
      take(store.start());
    } catch (StoreException e) {
      status = store.status();
      Logger.warn("the new weights could not be kept: {}", e.getMessage());
      if (current == null) {
        publish(image, "not kept");
      }
    }
  }

  /** Writes slot 1. */
  void stage(WeightImage image) throws StoreException {
    follow(() -> store.stage(image));
  }

  void test(byte @Nullable [] hash) throws StoreException {
    follow(() -> store.test(hash));
  }

  void permanent(byte @Nullable [] hash) throws StoreException {
    follow(() -> store.permanent(hash));
  }

  void confirm() throws StoreException {
    follow(store::confirm);
  }

  /** Has the image before answer at once: what the store leaves to a start is done here. */
  void revert() throws StoreException {
    boolean onTrial = status.running().onTrial();
    boolean marked = status.swap() != Swap.NONE && !onTrial;
    follow(store::revert);
    if (!onTrial && !marked) {
      start();
    }
  }

  void erase() throws StoreException {
    follow(store::erase);
  }

  /** Publishes anew only if something else answers, or for another reason. */
  private void follow(StoreCommand command) throws StoreException {
    try {
      command.run();
    } finally {
      status = store.status();
      if (!isTaken(store.running())) {
        take(store.running());
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

  private void take(Running running) {
    status = store.status();
    logNewProblems(status.problems());
    WeightImage image = running.image();
    if (image != null) {
      publish(image, running.origin());
    }
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

  private void publish(WeightImage image, String newOrigin) {
    current = image;
    origin = newOrigin;
    text = ImageText.of(image) + ", " + origin;
    answering.accept(image.parameters());
    Logger.info("weights {}", text);
  }

  StoreStatus status() {
    return status;
  }

  /** What answers, for people. */
  String text() {
    return text;
  }
}
