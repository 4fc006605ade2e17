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
 * The weights of a device: two slots and the record that says which of them answers. It runs from
 * the rows of {@link Transition#TABLE}; files and order of operations are in the page {@code
 * weight-store.md}.
 *
 * <p>No trouble with the storage stops the device: {@link #start} always returns, {@link #running}
 * goes on, {@link #status} says what is wrong. A command that throws has changed neither what
 * answers nor what the next start finds, except where the storage failed after the change was made;
 * the next command or start then makes sure. After {@link #start} and after any command take {@link
 * #running} anew. One thread.
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

  /** Whether the last start could not read what it should have chosen. */
  private boolean isIncomplete;

  private Running running = Running.NOTHING;
  private @Nullable String lastFailure;

  /**
   * @param factoryImage what answers where no slot does, asked for only then; gives null if the
   *     program brings none
   */
  public WeightStore(
      Storage storage,
      Supplier<? extends @Nullable WeightImage> factoryImage,
      SelfTest selfTest,
      VersionRule versions) {
    this(storage, factoryImage, selfTest, versions, Transition.TABLE);
  }

  /** Runs from another table, in tests. */
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
   * Chooses what answers from now on: when the program starts, and when it is told to reload.
   * Begins or ends a trial.
   */
  public Running start() {
    problems.clear();
    lastFailure = null;
    for (SlotFile file : SlotFile.values()) {
      slots.forget(file);
    }
    readRecord();
    follow(Event.START, true);
    SlotContent active = slots.content(record.active());
    isIncomplete = recordTrouble != null || active.isUnreadable();
    if (!active.passes()) {
      // What is only out of reach may come back: the record goes on naming it.
      follow(Event.FAIL, !active.isUnreadable() && stored != null);
    }
    slots.content(slot1());
    Running slot0 = slot0();
    running = slot0 != null ? slot0 : lastResort();
    nameWhatWasSetAside();
    return running;
  }

  /** For as long as it lies there: a start that trains right away would else bury the news. */
  private void nameWhatWasSetAside() {
    for (String name : FILE_NAMES) {
      try {
        String broken = files.broken(name);
        if (broken != null && problems.stream().noneMatch(problem -> problem.endsWith(broken))) {
          problems.add(
              broken + " was set aside" + why(name, broken) + "; look into it, then delete it");
        }
      } catch (IOException e) {
        if (problems.isEmpty()) {
          problems.add(name + ": what was set aside cannot be looked up: " + e.getMessage());
        }
        return;
      }
    }
  }

  /** The reason is found again in the bytes: no start has to remember it for the next. */
  private String why(String name, String broken) throws IOException {
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
   * Takes the row of a start.
   *
   * @param lasting whether the change is recorded, or holds until the next start only
   */
  private void follow(Event event, boolean lasting) {
    Transition row = Transition.of(table, record.swap(), event, guard -> holds(guard, null));
    if (row == null || row.next() == null) {
      throw new IllegalStateException(record.swap() + " has no row for " + event);
    }
    explain(row);
    StateRecord next = after(row);
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

  /** What was broken or out of reach the slots have told. */
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

  private StateRecord after(Transition row) {
    Swap next = row.next();
    return next == null || (next == record.swap() && !row.exchanged())
        ? record
        : counted(row, record.next(next, row.exchanged()));
  }

  /** With the image that the row confirms, if that is the highest now. */
  private StateRecord counted(Transition row, StateRecord next) {
    boolean confirms =
        (row.state() == Swap.REVERT && row.event() == Event.CONFIRM)
            || (row.state() == Swap.PERMANENT && row.event() == Event.START && row.exchanged());
    WeightImage image = confirms ? slots.content(next.active()).image() : null;
    return image != null && versions.holdsFor().test(image) && isAbove(image, next.highest())
        ? next.withHighest(new Confirmed(image.version(), image.hashText()))
        : next;
  }

  private static boolean isAbove(WeightImage image, @Nullable Confirmed highest) {
    return highest == null || image.version().compareTo(highest.version()) > 0;
  }

  /** Does nothing where the storage holds this record for sure. */
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

  /** After a reload that finds nothing what answered goes on; a program that starts has its own. */
  private Running lastResort() {
    if (running.image() != null) {
      return running;
    }
    WeightImage factory = factoryImage.get();
    if (factory == null) {
      return Running.NOTHING;
    }
    String failure = slots.failure(factory);
    if (failure != null) {
      problems.add("the factory image " + failure);
      return Running.NOTHING;
    }
    if (slots.content(record.active()).isEmpty() && slots.content(slot1()).isEmpty()) {
      keep(factory);
    }
    Running kept = slot0();
    return kept != null ? kept : new Running(factory, null, false);
  }

  private void keep(WeightImage first) {
    try {
      write(record);
      slots.forget(record.active());
      files.replace(record.active().fileName(), first.bytes());
    } catch (IOException e) {
      problems.add("the factory image cannot be kept: " + e.getMessage());
    }
  }

  public Running running() {
    return running;
  }

  /**
   * Carries out a command.
   *
   * @param event anything but a start or what happens in one
   * @param image what {@link Event#STAGE} writes; or the one in slot 1 that is meant, null for
   *     whatever is there
   */
  public void apply(Event event, @Nullable WeightImage image) throws StoreException {
    completeStart();
    WeightImage staged = event == Event.STAGE ? image : null;
    Transition row = allowed(event, staged);
    requireMeant(event == Event.STAGE ? null : image);
    if (staged != null) {
      requireNotOlder(staged);
    } else if (event == Event.TEST || event == Event.PERMANENT) {
      requireNotOlder(slots.content(slot1()).image());
    }
    SlotFile target = slot1();
    try {
      write(record);
      move(row, target, staged);
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
   * What a start could not read may be what is confirmed: before a command writes over it, it is
   * looked for again. Where other slots are found the command is refused once: it was not meant for
   * them.
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
          "the slots could not be read before now, and " + running.origin() + " answers: ask again",
          null);
    }
  }

  private static boolean isSame(@Nullable WeightImage one, @Nullable WeightImage other) {
    return one != null && other != null && Arrays.equals(one.hash(), other.hash());
  }

  /** What needs space comes first: a full disk then changes nothing. */
  private void move(Transition row, SlotFile target, @Nullable WeightImage staged)
      throws IOException {
    if (staged != null) {
      files.prepare(target.fileName(), staged.bytes());
    }
    StateRecord next = after(row);
    write(next);
    record = next;
    if (row.step() == FileStep.WRITE) {
      files.publish(target.fileName());
    } else if (row.step() == FileStep.DELETE) {
      files.delete(target.fileName());
    }
  }

  private Transition allowed(Event event, @Nullable WeightImage staged) throws StoreException {
    Swap state = record.swap();
    SlotContent candidate = staged == null ? null : slots.content(staged);
    slots.forget(slot1());
    slots.content(slot1());
    Transition row = Transition.of(table, state, event, guard -> holds(guard, candidate));
    if (row != null && row.next() != null) {
      return row;
    }
    if (row == null && candidate != null) {
      throw unfit("the image", candidate);
    }
    if (row == null) {
      throw unfit("slot 1 (" + slot1().fileName() + ")", slots.content(slot1()));
    }
    String name = event.name().toLowerCase(Locale.ROOT);
    throw new StoreException(
        Reason.REFUSED, name + " is refused in state " + state.label() + why(state), null);
  }

  /** An old image may carry a good signature too. */
  private void requireNotOlder(@Nullable WeightImage image) throws StoreException {
    Confirmed highest = highest();
    if (image == null
        || highest == null
        || versions.allowsOlder()
        || !versions.holdsFor().test(image)
        || image.hashText().equals(highest.hash())) {
      return;
    }
    if (!isAbove(image, highest)) {
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

  /** Of the record, or what is confirmed now, if the rule came after it. */
  private @Nullable Confirmed highest() {
    SlotFile confirmed = record.swap() == Swap.REVERT ? slot1() : record.active();
    WeightImage image = slots.known(confirmed).image();
    Confirmed recorded = record.highest();
    return image != null && versions.holdsFor().test(image) && isAbove(image, recorded)
        ? new Confirmed(image.version(), image.hashText())
        : recorded;
  }

  private static String why(Swap state) {
    return state == Swap.REVERT
        ? ": confirm or revert the image on trial first"
        : ": start the image in slot 1 first";
  }

  private static StoreException unfit(String what, SlotContent content) {
    Reason reason =
        switch (content.finding()) {
          case EMPTY, BROKEN, SET_ASIDE, PASSES -> Reason.NO_IMAGE;
          case FAILS_SELF_TEST -> Reason.SELF_TEST;
          case UNREADABLE -> Reason.STORAGE;
        };
    return new StoreException(reason, what + " " + content.trouble(), null);
  }

  private void requireMeant(@Nullable WeightImage meant) throws StoreException {
    WeightImage image = slots.content(slot1()).image();
    if (meant != null && image != null && !isSame(meant, image)) {
      throw new StoreException(
          Reason.NO_IMAGE, "slot 1 holds another image, " + image.hashText(), null);
    }
  }

  /** What people and programs see of the store; reads nothing from the storage. */
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
    SlotContent content = slots.known(file);
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
