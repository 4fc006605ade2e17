package dev.switchback.life;

import dev.switchback.device.node.Device;
import dev.switchback.device.store.Running;
import dev.switchback.device.store.SlotStatus;
import dev.switchback.device.store.StoreStatus;
import dev.switchback.device.store.Swap;
import dev.switchback.format.FormatException;
import dev.switchback.format.ImageMetadata;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.WeightImage;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What may answer after the next start, whenever it comes; and that only what fits is ever kept.
 *
 * <p>An image goes by its hash; {@code LEARNT} stands for any that the board trains itself, {@code
 * FACTORY} for what the program brings.
 */
final class Promises {
  private static final String LEARNT = "LEARNT";
  private static final String FACTORY = "FACTORY";

  private final boolean hasKey;
  private Set<String> next = new TreeSet<>();
  private Set<String> underWay = Set.of();
  private boolean isCommand;

  /** The image in slot 1 that may answer on trial and no other way; empty if there is none. */
  private String onlyOnTrial = "";

  /** What the program knows is not all that the disk holds, until a start that reads it. */
  private boolean isInDoubt;

  private @Nullable ImageVersion highest;

  Promises(boolean hasKey) {
    this.hasKey = hasKey;
  }

  void expectAnything() {
    next = new TreeSet<>(Set.of(LEARNT, FACTORY));
  }

  /**
   * An event begins, and what it may bring about is noted.
   *
   * @param isCableBad whether what a person has half typed may be carried out by it
   */
  void before(Device device, Act.Kind kind, boolean isCableBad) {
    Set<String> more = new TreeSet<>();
    isCommand =
        switch (kind) {
          case SLOT_1_IS_MARKED, REVERTED, CONFIRMED, SHELL_COMMAND, KEYS_TYPED, NOISE -> true;
          default -> isCableBad;
        };
    StoreStatus store = device.status().store();
    switch (kind) {
      case SLOT_1_IS_MARKED, REVERTED -> add(store.slots().get(1).image(), more);
      case CONFIRMED -> add(store.running().image(), more);
      // An arrow up and a return are a command too.
      case SHELL_COMMAND, KEYS_TYPED, NOISE -> {
        add(store.slots().get(1).image(), more);
        add(store.running().image(), more);
      }
      default -> {}
    }
    if (isCableBad) {
      add(store.slots().get(1).image(), more);
      add(store.running().image(), more);
    }
    if (device.training().running()) {
      more.add(LEARNT);
    }
    underWay = more;
    @Nullable WeightImage slot1 = store.slots().get(1).image();
    @Nullable WeightImage slot0 = store.slots().get(0).image();
    boolean isMarked =
        store.swap() == Swap.TEST && slot1 != null && !isCommand && !more.contains(LEARNT);
    // Both slots may hold the same image.
    boolean isOther = isMarked && (slot0 == null || !name(slot0).equals(name(slot1)));
    onlyOnTrial = isOther ? name(slot1) : "";
  }

  /** The event is over, and the program goes on. */
  void after(Device device, boolean isSick) {
    StoreStatus store = device.status().store();
    if (!isSick) {
      requireOnTrial(store.running());
    }
    isInDoubt |= isSick;
    Set<String> now = nextOf(store);
    if (isInDoubt) {
      now.addAll(next);
      now.addAll(underWay);
    } else {
      requireNotLower(store.highest());
      highest = store.highest();
    }
    if (device.training().running()) {
      now.add(LEARNT);
    }
    next = now;
    store.slots().forEach(this::requireFit);
  }

  /**
   * The power went in the middle of the event.
   *
   * @param files what the program saw on the disk, all of it
   */
  void cut(Device device, Map<String, byte[]> files) {
    next.addAll(underWay);
    if (isInDoubt && isCommand) {
      // It may have found out only now what the slots hold.
      files.forEach((name, bytes) -> {
        if (name.endsWith(".img")) {
          addIfImage(bytes);
        }
      });
    }
    if (device.training().running()) {
      next.add(LEARNT);
    }
  }

  /** For people. */
  @Override
  public String toString() {
    return next.stream().map(name -> name.substring(0, Math.min(8, name.length()))).toList()
        + (isInDoubt ? " in doubt" : "");
  }

  private void addIfImage(byte[] bytes) {
    try {
      add(WeightImage.read(bytes), next);
    } catch (FormatException e) {
      // Nothing that could answer.
    }
  }

  private static Set<String> nextOf(StoreStatus store) {
    Set<String> next = new TreeSet<>();
    @Nullable WeightImage slot0 = store.slots().get(0).image();
    @Nullable WeightImage slot1 = store.slots().get(1).image();
    if (store.swap() != Swap.NONE) {
      add(slot1, next);
    }
    if (store.swap() != Swap.REVERT) {
      add(slot0, next);
    }
    if (next.isEmpty()) {
      add(slot0, next);
      next.add(FACTORY);
    }
    return next;
  }

  private static void add(@Nullable WeightImage image, Set<String> names) {
    if (image != null) {
      names.add(name(image));
    }
  }

  private static String name(WeightImage image) {
    return image.hashText();
  }

  private static boolean isLearnt(WeightImage image) {
    return "device".equals(image.metadata().get(ImageMetadata.RECIPE));
  }

  /** A start is over: what answers is what was promised, if the disk could be read. */
  void requireAfterStart(Device device, boolean isHealthy) {
    StoreStatus store = device.status().store();
    Running running = store.running();
    @Nullable WeightImage image = running.image();
    if (image == null) {
      throw new Broken("nothing answers after a start");
    }
    boolean isFactory =
        running.file() == null || (Offer.of(name(image)) == null && !isLearnt(image));
    boolean isPromised =
        next.contains(name(image))
            || (isLearnt(image) && next.contains(LEARNT))
            || (isFactory && next.contains(FACTORY));
    Broken.unless(
        isPromised || !isHealthy,
        name(image)
            + " answers after a start, promised: "
            + next
            + ", problems: "
            + store.problems());
    if (isHealthy) {
      requireOnTrial(running);
    }
    isInDoubt = !isHealthy;
    if (isHealthy) {
      requireNotLower(store.highest());
      highest = store.highest();
      next = nextOf(store);
    }
    if (device.training().running()) {
      next.add(LEARNT);
    }
    store.slots().forEach(this::requireFit);
  }

  private void requireOnTrial(Running running) {
    @Nullable WeightImage image = running.image();
    Broken.unless(
        image == null
            || running.file() == null
            || running.onTrial()
            || !name(image).equals(onlyOnTrial),
        onlyOnTrial + " was to be tried, and stays");
  }

  /** What was confirmed is not forgotten. */
  private void requireNotLower(@Nullable ImageVersion now) {
    Broken.unless(
        highest == null || (now != null && now.compareTo(highest) >= 0),
        "the highest version confirmed was " + highest + " and is " + now);
  }

  private void requireFit(SlotStatus slot) {
    @Nullable WeightImage image = slot.image();
    if (image == null) {
      return;
    }
    @Nullable Offer offer = Offer.of(name(image));
    Broken.unless(
        offer == null || (offer.isFit() && (offer.isSigned() || !hasKey)),
        slot.file() + " holds what must not come in: " + name(image));
    Broken.unless(slot.trouble() == null, slot.file() + ": " + slot.trouble());
  }

  void requireTold(Device device, String status) {
    Broken.unless(
        status.startsWith(device.outage() == null ? "answering" : "LED off"),
        "the supervisor is told '" + status + "'");
    Broken.unless(
        status.contains("weights " + device.status().weights()),
        "the supervisor is told of other weights: " + status);
  }
}
