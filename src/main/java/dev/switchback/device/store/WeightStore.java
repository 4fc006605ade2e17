package dev.switchback.device.store;

import dev.switchback.device.store.SlotContent.Finding;
import dev.switchback.device.store.StateRecord.Confirmed;
import dev.switchback.device.store.StoreException.Reason;
import dev.switchback.device.store.Transition.FileStep;
import dev.switchback.device.store.Transition.Guard;
import dev.switchback.format.FormatException;
import dev.switchback.format.WeightImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a device: two slots and the record that says which one answers. It executes the
 * rows of {@link Transition#TABLE}; {@code weight-store.md} specifies the files and the order of
 * operations.
 *
 * <p>A storage failure never stops the device: {@link #start} always returns, {@link #running}
 * keeps answering, and {@link #status} reports the problem. A command that throws changes neither
 * the image that answers nor the next start, unless the storage failed after the change; the next
 * command or start then completes it. Read {@link #running} again after {@link #start} and after
 * each command. One thread.
 */
public final class WeightStore {
  private static final List<String> FILE_NAMES =
      List.of(StateRecord.FILE_NAME, SlotFile.A.fileName(), SlotFile.B.fileName());

  private final DurableFiles files;
  private final String storageName;
  private final Supplier<? extends @Nullable WeightImage> factoryImage;
  private final Slots slots;
  private final VersionRule versions;
  private final List<Transition> table;
  private final Set<String> problems = new LinkedHashSet<>();
  private StateRecord record = StateRecord.FIRST;
  private @Nullable StateRecord stored;
  private @Nullable String recordTrouble;

  /** Whether the last start could not read the record or slot 0. */
  private boolean isIncomplete;

  private Running running = Running.NOTHING;
  private @Nullable String lastFailure;

  /**
   * @param factoryImage called only if no slot answers; returns null if the program contains no
   *     image
   */
  public WeightStore(
      Storage storage,
      Supplier<? extends @Nullable WeightImage> factoryImage,
      SelfTest selfTest,
      VersionRule versions) {
    this(storage, factoryImage, selfTest, versions, Transition.TABLE);
  }

  /** Uses another table, for tests. */
  WeightStore(
      Storage storage,
      Supplier<? extends @Nullable WeightImage> factoryImage,
      SelfTest selfTest,
      VersionRule versions,
      List<Transition> table) {
    this.versions = versions;
    this.table = table;
    this.files = new DurableFiles(storage);
    this.storageName = storage.toString();
    this.factoryImage = factoryImage;
    this.slots = new Slots(files, selfTest, problems::add);
  }

  /**
   * Chooses the image that answers, when the program starts or is told to reload. Begins or ends a
   * trial.
   */
  public Running start() {
    problems.clear();
    lastFailure = null;
    for (SlotFile file : SlotFile.values()) {
      slots.forget(file);
    }
    readRecord();
    takeRow(Event.START, true);
    SlotContent active = slots.content(record.active());
    isIncomplete = recordTrouble != null || active.isUnreadable();
    if (!active.passes()) {
      // An unreadable slot may become readable again, so the record still names it.
      takeRow(Event.FAIL, !active.isUnreadable() && stored != null);
    }
    slots.content(slot1());
    Running slot0 = slot0();
    running = slot0 != null ? slot0 : fallback();
    reportBrokenFiles();
    return running;
  }

  /**
   * Reports broken files as long as they exist; otherwise a training right after the start would
   * hide them.
   */
  private void reportBrokenFiles() {
    for (String name : FILE_NAMES) {
      try {
        String broken = files.broken(name);
        if (broken != null && problems.stream().noneMatch(problem -> problem.endsWith(broken))) {
          problems.add(
              broken + " was set aside" + reason(name, broken) + "; look into it, then delete it");
        }
      } catch (IOException e) {
        if (problems.isEmpty()) {
          problems.add(name + ": cannot check for a broken file: " + e.getMessage());
        }
        return;
      }
    }
  }

  /** Parses the broken file again to find the reason. */
  private String reason(String name, String broken) throws IOException {
    boolean isRecord = name.equals(StateRecord.FILE_NAME);
    try {
      byte[] bytes =
          files.read(broken, isRecord ? StateRecord.MAX_BYTES : WeightImage.MAX_BYTES + 1);
      if (bytes != null && isRecord) {
        StateRecord.read(bytes);
      } else if (bytes != null) {
        WeightImage.read(bytes);
      }
      return " earlier";
    } catch (FormatException e) {
      return ": " + e.getMessage();
    }
  }

  private void readRecord() {
    String name = StateRecord.FILE_NAME;
    stored = null;
    recordTrouble = null;
    try {
      byte[] bytes = files.read(name, StateRecord.MAX_BYTES);
      record = bytes == null ? StateRecord.FIRST : StateRecord.read(bytes);
      stored = record;
    } catch (FormatException e) {
      record = StateRecord.FIRST;
      setRecordAside(name, e);
    } catch (IOException e) {
      recordTrouble = name + " cannot be read: " + e.getMessage();
      problems.add(recordTrouble);
    }
  }

  private void setRecordAside(String name, FormatException why) {
    try {
      problems.add(why.getMessage() + "; kept as " + files.setAside(name));
      stored = StateRecord.FIRST;
    } catch (IOException e) {
      problems.add(why.getMessage() + "; it cannot be set aside: " + e.getMessage());
    }
  }

  /**
   * Takes the row of {@link Event#START} or {@link Event#FAIL}.
   *
   * @param lasting whether the change is recorded; if not, it lasts until the next start
   */
  private void takeRow(Event event, boolean lasting) {
    Transition row = Transition.of(table, record.swap(), event, guard -> holds(guard, null));
    if (row == null || row.next() == null) {
      throw new IllegalStateException(record.swap() + " has no row for " + event);
    }
    explain(row);
    StateRecord next = recordAfter(row);
    try {
      if (lasting && next.generation() != record.generation()) {
        write(next);
      }
    } catch (IOException e) {
      problems.add("the state cannot be recorded: " + e.getMessage());
      if (!row.unrecorded()) {
        return;
      }
    }
    record = next;
  }

  private void explain(Transition row) {
    if (row.event() == Event.FAIL) {
      explainFailure(slots.content(record.active()));
    } else if (row.state() == Swap.REVERT) {
      problems.add(
          record.active().fileName() + " was on trial and not confirmed; it is taken back");
    } else if (row.unrecorded()) {
      problems.add(slot1().fileName() + " stays unused: it " + slots.content(slot1()).trouble());
    }
  }

  /** Broken and unreadable files have already been reported by {@link Slots}. */
  private void explainFailure(SlotContent active) {
    Finding finding = active.finding();
    boolean missing = finding == Finding.EMPTY && record.generation() > 0;
    if (missing || finding == Finding.FAILS_SELF_TEST) {
      problems.add(record.active().fileName() + " does not answer: it " + active.trouble());
    }
  }

  private boolean holds(Guard guard, @Nullable SlotContent candidate) {
    return switch (guard) {
      case ALWAYS -> true;
      case SLOT_1_PASSES -> slots.content(slot1()).passes();
      case IMAGE_PASSES -> candidate != null && candidate.passes();
    };
  }

  private SlotFile slot1() {
    return record.active().other();
  }

  private StateRecord recordAfter(Transition row) {
    Swap next = row.next();
    return next == null || (next == record.swap() && !row.exchanged())
        ? record
        : withConfirmed(row, record.next(next, row.exchanged()));
  }

  /** Adds the image that the row confirms, if it is the highest so far. */
  private StateRecord withConfirmed(Transition row, StateRecord next) {
    boolean confirms =
        (row.state() == Swap.REVERT && row.event() == Event.CONFIRM)
            || (row.state() == Swap.PERMANENT && row.event() == Event.START && row.exchanged());
    WeightImage image = confirms ? slots.content(next.active()).image() : null;
    return image != null && versions.appliesTo().test(image) && isHigher(image, next.highest())
        ? next.withHighest(new Confirmed(image.version(), image.hashText()))
        : next;
  }

  private static boolean isHigher(WeightImage image, @Nullable Confirmed highest) {
    return highest == null || image.version().compareTo(highest.version()) > 0;
  }

  /** Writes the record, unless it is known to be stored already. */
  private void write(StateRecord next) throws IOException {
    if (!next.equals(stored)) {
      stored = null;
      files.replace(StateRecord.FILE_NAME, next.bytes());
      stored = next;
    }
  }

  private @Nullable Running slot0() {
    SlotContent active = slots.content(record.active());
    return active.passes()
        ? new Running(active.image(), record.active(), record.swap() == Swap.REVERT)
        : null;
  }

  /**
   * Returns the image that answers if no slot does: the previous one after a reload, the factory
   * image at a start.
   */
  private Running fallback() {
    if (running.image() != null) {
      return running;
    }
    WeightImage factory = factoryImage.get();
    if (factory == null || slots.failure(factory) != null) {
      // That the program brings no weights for this truth table is no trouble: it learns.
      return Running.NOTHING;
    }
    if (slots.content(record.active()).isEmpty() && slots.content(slot1()).isEmpty()) {
      storeFactoryImage(factory);
    }
    Running kept = slot0();
    return kept != null ? kept : new Running(factory, null, false);
  }

  private void storeFactoryImage(WeightImage factory) {
    try {
      write(record);
      slots.forget(record.active());
      files.replace(record.active().fileName(), factory.bytes());
    } catch (IOException e) {
      problems.add("the factory image cannot be kept: " + e.getMessage());
    }
  }

  public Running running() {
    return running;
  }

  /**
   * Executes a command.
   *
   * @param event any event except {@link Event#START} and {@link Event#FAIL}
   * @param image the image to stage; for other events the image expected in slot 1, or null for any
   */
  public void apply(Event event, @Nullable WeightImage image) throws StoreException {
    completeStart();
    WeightImage staged = event == Event.STAGE ? image : null;
    Transition row = requireAllowed(event, staged);
    requireSameImage(event == Event.STAGE ? null : image);
    if (staged != null) {
      requireNotOlder(staged);
    } else if (event == Event.TEST || event == Event.PERMANENT) {
      requireNotOlder(slots.content(slot1()).image());
    }
    SlotFile target = slot1();
    try {
      write(record);
      execute(row, target, staged);
      lastFailure = null;
    } catch (IOException e) {
      if (staged != null) {
        files.discard(target.fileName(), e);
      }
      lastFailure = "the last command failed: " + e.getMessage();
      throw new StoreException(Reason.STORAGE, String.valueOf(e.getMessage()), e);
    } finally {
      if (row.step() != FileStep.NOTHING) {
        slots.forget(target);
      }
      slots.content(slot1());
    }
    Running slot0 = slot0();
    running = slot0 != null ? slot0 : running;
  }

  /**
   * Repeats a start that could not read everything, before a command overwrites what may be the
   * confirmed image. If the slots turn out to differ, the command is refused once, because it was
   * given for other ones.
   */
  private void completeStart() throws StoreException {
    if (!isIncomplete) {
      return;
    }
    SlotFile slot0 = record.active();
    WeightImage answered = running.image();
    start();
    if (recordTrouble != null) {
      throw new StoreException(Reason.STORAGE, recordTrouble, null);
    }
    if (slot0 != record.active() || !isSame(answered, running.image())) {
      throw new StoreException(
          Reason.REFUSED,
          "the slots could not be read until now, and "
              + running.origin()
              + " answers: repeat the command",
          null);
    }
  }

  private static boolean isSame(@Nullable WeightImage one, @Nullable WeightImage other) {
    return one != null && other != null && Arrays.equals(one.hash(), other.hash());
  }

  /** Writes what needs space first, so that a full disk changes nothing. */
  private void execute(Transition row, SlotFile target, @Nullable WeightImage staged)
      throws IOException {
    if (staged != null) {
      files.prepare(target.fileName(), staged.bytes());
    }
    StateRecord next = recordAfter(row);
    write(next);
    record = next;
    if (row.step() == FileStep.WRITE) {
      files.publish(target.fileName());
    } else if (row.step() == FileStep.DELETE) {
      files.delete(target.fileName());
    }
  }

  private Transition requireAllowed(Event event, @Nullable WeightImage staged)
      throws StoreException {
    Swap state = record.swap();
    SlotContent candidate = staged == null ? null : slots.content(staged);
    slots.forget(slot1());
    slots.content(slot1());
    Transition row = Transition.of(table, state, event, guard -> holds(guard, candidate));
    if (row != null && row.next() != null) {
      return row;
    }
    if (row == null && candidate != null) {
      throw unusable("the image", candidate);
    }
    if (row == null) {
      throw unusable("slot 1 (" + slot1().fileName() + ")", slots.content(slot1()));
    }
    String name = event.name().toLowerCase(Locale.ROOT);
    throw new StoreException(
        Reason.REFUSED, name + " is refused in state " + state.label() + remedy(state), null);
  }

  /** Refuses old images, whose signatures remain valid. */
  private void requireNotOlder(@Nullable WeightImage image) throws StoreException {
    Confirmed highest = highest();
    if (image == null
        || highest == null
        || versions.allowsOlder()
        || !versions.appliesTo().test(image)
        || image.hashText().equals(highest.hash())) {
      return;
    }
    if (!isHigher(image, highest)) {
      boolean isEqual = image.version().equals(highest.version());
      throw new StoreException(
          Reason.OLDER,
          "version "
              + image.version()
              + (isEqual
                  ? ", of another hash, was confirmed"
                  : " is older than " + highest.version() + ", which was confirmed")
              + ": give the image a higher version, or set image.downgrade = allowed",
          null);
    }
  }

  /**
   * Returns the highest confirmed image: that of the record, or the one in use if the rule was
   * introduced later.
   */
  private @Nullable Confirmed highest() {
    SlotFile confirmed = record.swap() == Swap.REVERT ? slot1() : record.active();
    WeightImage image = slots.cached(confirmed).image();
    Confirmed recorded = record.highest();
    return image != null && versions.appliesTo().test(image) && isHigher(image, recorded)
        ? new Confirmed(image.version(), image.hashText())
        : recorded;
  }

  private static String remedy(Swap state) {
    return state == Swap.REVERT
        ? ": confirm or revert the image on trial first"
        : ": start the image in slot 1 first";
  }

  private static StoreException unusable(String what, SlotContent content) {
    Reason reason =
        switch (content.finding()) {
          case EMPTY, BROKEN, SET_ASIDE, PASSES -> Reason.NO_IMAGE;
          case FAILS_SELF_TEST -> Reason.SELF_TEST;
          case UNREADABLE -> Reason.STORAGE;
        };
    return new StoreException(reason, what + " " + content.trouble(), null);
  }

  private void requireSameImage(@Nullable WeightImage expected) throws StoreException {
    WeightImage image = slots.content(slot1()).image();
    if (expected != null && image != null && !isSame(expected, image)) {
      throw new StoreException(
          Reason.NO_IMAGE, "slot 1 holds another image, " + image.hashText(), null);
    }
  }

  /** Returns a snapshot; reads nothing from the storage. */
  public StoreStatus status() {
    Set<String> all = new LinkedHashSet<>(problems);
    if (lastFailure != null) {
      all.add(lastFailure);
    }
    return new StoreStatus(
        storageName,
        record.swap(),
        record.generation(),
        running,
        List.of(slotStatus(0, record.active()), slotStatus(1, slot1())),
        record.highest() == null ? null : record.highest().version(),
        List.copyOf(all));
  }

  private SlotStatus slotStatus(int slot, SlotFile file) {
    Swap swap = record.swap();
    SlotContent content = slots.cached(file);
    return new SlotStatus(
        slot,
        file,
        content.image(),
        running.file() == file,
        content.image() != null && (swap == Swap.REVERT ? slot == 1 : slot == 0),
        slot == 1 && (swap == Swap.TEST || swap == Swap.PERMANENT),
        slot == 1 && swap == Swap.PERMANENT,
        content.isUnreadable(),
        content.trouble());
  }
}
