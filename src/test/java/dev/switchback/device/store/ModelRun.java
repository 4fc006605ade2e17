package dev.switchback.device.store;

import dev.switchback.format.FormatException;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.ForwardingStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replays the events of {@code update.pml} on a real store, and reports them in the same form. */
final class ModelRun {
  /** The program ends at once: the power is cut, or the image it reads kills it. */
  private static final class Gone extends Error {
    private static final long serialVersionUID = 1L;

    Gone(String how) {
      super(how, null, false, false);
    }
  }

  /** Makes each change of the record or a slot succeed or fail as the event says. */
  private static final class EventfulStorage extends ForwardingStorage {
    private final List<String> outcomes = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private String lastRead = "";
    private boolean unsynced;

    EventfulStorage(Storage files) {
      super(files);
    }

    @Override
    public byte @Nullable [] read(String name, int maxBytes) throws IOException {
      lastRead = name;
      return super.read(name, maxBytes);
    }

    @Override
    public void rename(String from, String to) throws IOException {
      String outcome = from.equals(to + ".new") ? begin(to) : "";
      super.rename(from, to);
      end(outcome);
    }

    @Override
    public void delete(String name) throws IOException {
      String outcome = name.endsWith(".img") ? begin(name) : "";
      super.delete(name);
      end(outcome);
    }

    /** Returns the outcome of changing a file: as the event says, or success. */
    private String begin(String name) throws IOException {
      String kind = name.equals(StateRecord.FILE_NAME) ? "record-" : "slot-";
      String outcome =
          outcomes.stream()
              .filter(word -> word.startsWith(kind))
              .findFirst()
              .orElse(kind + "written");
      outcomes.remove(outcome);
      told.add(outcome);
      if (outcome.endsWith("refused")) {
        throw new IOException(outcome);
      }
      if (outcome.endsWith("cut-before")) {
        throw new Gone(outcome);
      }
      return outcome;
    }

    private void end(String outcome) {
      if (outcome.endsWith("cut-after")) {
        throw new Gone(outcome);
      }
      unsynced = outcome.endsWith("unsynced");
    }

    @Override
    public void syncDirectory() throws IOException {
      if (unsynced) {
        unsynced = false;
        throw new IOException("unsynced");
      }
    }
  }

  private final MemoryStorage files = new MemoryStorage();
  private final EventfulStorage storage = new EventfulStorage(files);
  private final List<Transition> table;
  private final Map<SlotFile, byte @Nullable []> before = new EnumMap<>(SlotFile.class);
  private boolean killing;
  private @Nullable WeightStore store;

  ModelRun(List<Transition> table) {
    this.table = table;
  }

  /**
   * Replays events, and compares the state after each with the model, line by line.
   *
   * @throws AssertionError at the first difference
   */
  void follow(List<String> lines) throws IOException {
    for (int i = 0; i + 1 < lines.size(); i += 2) {
      String told = lines.get(i) + "\n" + lines.get(i + 1);
      String happened = happen(lines.get(i));
      if (!happened.equals(told)) {
        throw new AssertionError(
            "line " + (i + 1) + ":\n" + told + "\nbut the store:\n" + happened);
      }
    }
  }

  /** Replays an event; returns a line for the event and a line for the state after it. */
  String happen(String event) throws IOException {
    for (SlotFile file : SlotFile.values()) {
      before.put(file, bytes(file));
    }
    List<String> words = List.of(event.split(" ", -1));
    String what = words.get(1);
    boolean hasObject = List.of("stage", "spoil", "mend", "break").contains(what);
    int behind = hasObject ? 3 : 2;
    storage.told.clear();
    storage.told.addAll(words.subList(0, behind));
    storage.outcomes.clear();
    storage.outcomes.addAll(words.subList(behind, words.size()));
    killing = words.contains("killed");
    try {
      happen(what, hasObject ? words.get(2) : "");
    } catch (Gone e) {
      store = null;
    }
    return String.join(" ", storage.told) + "\n" + seen();
  }

  private void happen(String what, String object) {
    switch (what) {
      case "start" -> {
        store =
            new WeightStore(
                storage, () -> TestImage.FACTORY.image, this::selfTest, VersionRule.NONE, table);
        start(store);
      }
      case "reload" -> start(running());
      case "spoil" -> put(object, TestImage.BAD.bytes());
      case "mend" -> put(object, TestImage.OLD.bytes());
      case "break" -> put(object, new byte[] {1});
      default -> command(Event.valueOf(what.toUpperCase(Locale.ROOT)), object);
    }
  }

  private void start(WeightStore started) {
    try {
      started.start();
      if (killing) {
        throw killed();
      }
    } catch (IllegalStateException e) {
      storage.told.add("breaks");
      store = null;
    }
  }

  private Gone killed() {
    storage.told.add("killed");
    return new Gone("killed");
  }

  /** An image on trial kills the program that reads it from slot 0. */
  private @Nullable String selfTest(WeightImage image) {
    if (killing && storage.lastRead.equals(disk().active().fileName())) {
      throw killed();
    }
    return TestImage.SELF_TEST.failure(image);
  }

  private void command(Event event, String object) {
    WeightImage image = null;
    if (event == Event.STAGE) {
      image = object.equals("bad") ? TestImage.BAD.image : fresh().image;
    }
    try {
      running().apply(event, image);
    } catch (StoreException e) {
      if (e.reason() != StoreException.Reason.STORAGE) {
        storage.told.add("not-allowed");
      }
    }
  }

  /** Returns an image that is in no slot, so that overwriting a slot is noticed. */
  private TestImage fresh() {
    return List.of(TestImage.OLD, TestImage.NEW, TestImage.NEWER).stream()
        .filter(image ->
            before.values().stream().noneMatch(bytes -> Arrays.equals(bytes, image.bytes())))
        .findFirst()
        .orElseThrow();
  }

  private WeightStore running() {
    if (store == null) {
      throw new Gone("off");
    }
    return store;
  }

  private static SlotFile file(String label) {
    return label.equals("a") ? SlotFile.A : SlotFile.B;
  }

  private void put(String label, byte[] content) {
    files.write(file(label).fileName(), content);
  }

  private byte @Nullable [] bytes(SlotFile file) {
    return files.read(file.fileName(), WeightImage.MAX_BYTES);
  }

  private String content(SlotFile file) {
    byte[] bytes = bytes(file);
    if (bytes == null || bytes.length == 1) {
      return "EMPTY";
    }
    return Arrays.equals(bytes, TestImage.BAD.bytes()) ? "BAD" : "GOOD";
  }

  private StateRecord disk() {
    byte[] bytes = files.read(StateRecord.FILE_NAME, StateRecord.MAX_BYTES);
    try {
      return bytes == null ? StateRecord.FIRST : StateRecord.read(bytes);
    } catch (FormatException e) {
      throw new AssertionError(e);
    }
  }

  private String answer() {
    if (store == null || store.running().image() == null) {
      return "nobody";
    }
    SlotFile file = store.running().file();
    return file == null ? "factory" : file.label();
  }

  private Swap memory() {
    return store == null ? Swap.NONE : store.status().swap();
  }

  private String seen() {
    StateRecord disk = disk();
    String there =
        "= slots %s %s, disk %s %s"
            .formatted(
                content(SlotFile.A), content(SlotFile.B), disk.swap(), disk.active().label());
    return store == null
        ? there + ", off"
        : there
            + ", memory %s %s, answer %s"
                .formatted(memory(), store.status().slots().getFirst().file().label(), answer());
  }

  /** Whether the state after the last event meets a requirement of a property. */
  boolean meets(String demand) {
    List<String> words = List.of(demand.split(" ", -1));
    SlotFile file = file(words.getLast());
    return switch (words.get(2)) {
      case "STARTED" -> store != null;
      case "SOMEBODY" -> !answer().equals("nobody");
      case "SLOT" -> answer().length() == 1 && content(file(answer())).equals("GOOD");
      case "FILE" -> answer().equals(file.label());
      case "UNTOUCHED" -> Arrays.equals(before.get(file), bytes(file));
      case "NOT_BAD" -> !content(file).equals("BAD");
      case "SETTLED" -> store != null && memory() == Swap.NONE && disk().swap() == Swap.NONE;
      case "ALLOWED" -> !storage.told.contains("not-allowed");
      case "ABLE" -> storage.told.contains("not-allowed") || content(file).equals("GOOD");
      case "EMPTIED" -> content(file).equals("EMPTY");
      default -> throw new IllegalArgumentException("'" + demand + "' is no demand");
    };
  }
}
