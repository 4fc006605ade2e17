package dev.switchback.life;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.node.Device;
import dev.switchback.device.store.Running;
import dev.switchback.device.store.SlotStatus;
import dev.switchback.device.store.StoreStatus;
import dev.switchback.device.store.Swap;
import dev.switchback.format.FormatException;
import dev.switchback.format.ImageMetadata;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.WeightImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tracks which images may answer after the next start, at any time, and checks that slots only hold
 * valid images.
 *
 * <p>Images are named by hash; {@code LEARNT} is any image that the device trains itself, {@code
 * FACTORY} is the built-in one.
 */
final class Promises {
  private static final String LEARNT = "LEARNT";
  private static final String FACTORY = "FACTORY";

  private final boolean hasKey;
  private final boolean insists;
  private Set<String> next = new TreeSet<>();
  private Set<String> underWay = Set.of();
  private boolean isCommand;

  /** The image in slot 1 that may answer only on trial; empty if there is none. */
  private String onlyOnTrial = "";

  /** Whether the program's view may differ from the disk, until a start reads the disk. */
  private boolean isInDoubt;

  private @Nullable ImageVersion highest;

  Promises(boolean hasKey, boolean insists) {
    this.hasKey = hasKey;
    this.insists = insists;
  }

  void expectAnything() {
    next = new TreeSet<>(Set.of(LEARNT, FACTORY));
  }

  /**
   * Records the possible effects of an event, before it happens.
   *
   * @param isCableBad whether noise may complete a half-typed command
   */
  void before(Device device, Act.Kind kind, boolean isCableBad) {
    Set<String> more = new TreeSet<>();
    isCommand =
        switch (kind) {
          case SLOT_1_IS_MARKED,
              REVERTED,
              CONFIRMED,
              SHELL_COMMAND,
              KEYS_TYPED,
              NOISE,
              OWNER_VISITS ->
              true;
          default -> isCableBad;
        };
    StoreStatus store = device.status().store();
    switch (kind) {
      case SLOT_1_IS_MARKED, REVERTED -> add(store.slots().get(1).image(), more);
      case CONFIRMED -> add(store.running().image(), more);
      // Arrow up and return repeat a command.
      case SHELL_COMMAND, KEYS_TYPED, NOISE -> {
        add(store.slots().get(1).image(), more);
        add(store.running().image(), more);
        more.add(LEARNT);
      }
      // An easy lesson is learnt at once, also one that a malformed request happens to teach.
      case RETRAINED, TAUGHT, TEACH_PRESSED, TEACH_HELD, SMP_MALFORMED -> more.add(LEARNT);
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

  /** Checks the state after an event without a power cut. */
  void after(Device device, boolean isDiskFaulty) {
    StoreStatus store = device.status().store();
    if (!isDiskFaulty) {
      requireOnTrial(store.running());
    }
    isInDoubt |= isDiskFaulty;
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
    store.slots().forEach(slot -> requireFlags(slot, store));
  }

  private static void requireFlags(SlotStatus slot, StoreStatus store) {
    boolean isFirst = slot.slot() == 0;
    Swap swap = store.swap();
    List<String> flags = new ArrayList<>();
    if (slot.file() == store.running().file()) {
      flags.add("active");
    }
    if (slot.image() != null && isFirst == (swap != Swap.REVERT)) {
      flags.add("confirmed");
    }
    if (!isFirst && (swap == Swap.TEST || swap == Swap.PERMANENT)) {
      flags.add("pending");
    }
    if (!isFirst && swap == Swap.PERMANENT) {
      flags.add("permanent");
    }
    Broken.unless(
        slot.flags().equals(flags),
        "slot " + slot.slot() + " is " + slot.flags() + ", not " + flags);
  }

  /**
   * Records a power cut during the event.
   *
   * @param files all files as the program saw them
   */
  void cut(Device device, Map<String, byte[]> files) {
    next.addAll(underWay);
    if (isInDoubt && isCommand) {
      // The program may have read the slots only now.
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

  /** Returns the state for the printed trace. */
  @Override
  public String toString() {
    return next.stream().map(name -> name.substring(0, Math.min(8, name.length()))).toList()
        + (isInDoubt ? " in doubt" : "");
  }

  private void addIfImage(byte[] bytes) {
    try {
      add(WeightImage.read(bytes), next);
    } catch (FormatException e) {
      // Not an image, so it cannot answer.
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

  /** Checks after a start that a promised image answers, if the disk was readable. */
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
        onlyOnTrial + " was marked for a trial, but is permanent");
  }

  /** Checks that the highest confirmed version never decreases. */
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
        offer == null || (isAccepted(offer.truth()) && (offer.isSigned() || !hasKey)),
        slot.file() + " holds an image that must be refused: " + name(image));
    Broken.unless(slot.trouble() == null, slot.file() + ": " + slot.trouble());
  }

  private boolean isAccepted(@Nullable TruthTable truth) {
    return truth != null && (!insists || truth.equals(TruthTable.XOR));
  }

  /** Returns the lesson that must be answered. */
  static TruthTable lesson(@Nullable WeightImage image) {
    @Nullable Offer offer = image == null ? null : Offer.of(name(image));
    @Nullable TruthTable stated = offer == null ? null : offer.truth();
    if (stated == null && image != null && isLearnt(image)) {
      stated = image.lesson();
    }
    return stated == null ? TruthTable.XOR : stated;
  }

  void requireTold(Device device, String status) {
    Broken.unless(
        status.startsWith(device.outage() == null ? "answering" : "LED off"),
        "wrong status for the supervisor: '" + status + "'");
    Broken.unless(
        status.contains("weights " + device.status().weights()),
        "the supervisor's status names other weights: " + status);
  }
}
