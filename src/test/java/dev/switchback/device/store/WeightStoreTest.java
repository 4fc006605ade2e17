package dev.switchback.device.store;

import static dev.switchback.device.store.TestImage.BAD;
import static dev.switchback.device.store.TestImage.FACTORY;
import static dev.switchback.device.store.TestImage.NEW;
import static dev.switchback.device.store.TestImage.NEWER;
import static dev.switchback.device.store.TestImage.OLD;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.store.StoreException.Reason;
import dev.switchback.sim.FailingStorage;
import dev.switchback.sim.FailingStorage.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WeightStoreTest {
  private static final byte[] GARBAGE = "no image".getBytes(StandardCharsets.US_ASCII);

  private final MemoryStorage memory = new MemoryStorage();
  private final FailingStorage storage = new FailingStorage(memory);
  private WeightStore store =
      new WeightStore(storage, () -> FACTORY.image, TestImage.SELF_TEST, VersionRule.NONE);

  private void put(SlotFile file, TestImage image) {
    memory.write(file.fileName(), image.bytes());
  }

  private void mark(SlotFile active, Swap swap) {
    memory.write(StateRecord.FILE_NAME, new StateRecord(active, swap, 4, null).bytes());
  }

  private void restart() {
    store = new WeightStore(storage, () -> FACTORY.image, TestImage.SELF_TEST, VersionRule.NONE);
    store.start();
  }

  private TestImage answering() {
    return TestImage.of(store.running().image());
  }

  private List<String> problems() {
    return store.status().problems();
  }

  /** Returns the flags of a slot, one word each. */
  private String flags(int slot) {
    SlotStatus status = store.status().slots().get(slot);
    assertEquals(slot, status.slot());
    return (status.file().label()
            + (status.active() ? " active" : "")
            + (status.confirmed() ? " confirmed" : "")
            + (status.pending() ? " pending" : "")
            + (status.permanent() ? " permanent" : ""))
        + (status.trouble() == null ? "" : ", " + status.trouble());
  }

  /** A command to the store. */
  private interface Action {
    void run(WeightStore store) throws StoreException;
  }

  private static void assertFails(Reason reason, String message, Action action, WeightStore store) {
    StoreException e = assertThrows(StoreException.class, () -> action.run(store));
    assertEquals(message, e.getMessage());
    assertEquals(reason, e.reason());
  }

  @Test
  void firstStartKeepsTheFactoryImage() throws IOException {
    Running running = store.start();
    assertEquals(FACTORY, answering());
    assertEquals(new Running(running.image(), SlotFile.A, false), running);
    assertEquals("slot-a.img", running.origin());
    assertArrayEquals(FACTORY.bytes(), memory.read("slot-a.img", 10_000));
    assertEquals(List.of(), problems());
    assertEquals("a active confirmed", flags(0));
    assertEquals("b, is empty", flags(1));
    assertEquals("failing storage", store.status().storage());
    assertEquals(0, store.status().generation());
  }

  @Test
  void factoryImageThatWasNotSyncedAnswersFromItsSlot() {
    storage.refuse(Set.of(Operation.SYNC_DIRECTORY), 1, Integer.MAX_VALUE);
    assertEquals("slot-a.img", store.start().origin());
    assertEquals("a active confirmed", flags(0));
    assertEquals(
        List.of("the factory image cannot be kept: directory: refused to SYNC_DIRECTORY"),
        problems());
  }

  @Test
  void flagsFollowADeployment() throws StoreException {
    put(SlotFile.A, OLD);
    store.start();
    store.apply(Event.STAGE, NEW.image);
    assertEquals("a active confirmed", flags(0));
    assertEquals("b", flags(1));
    store.apply(Event.TEST, NEW.image);
    assertEquals(Swap.TEST, store.status().swap());
    assertEquals("b pending", flags(1));
    store.start();
    assertEquals("slot-b.img, on trial", store.running().origin());
    assertEquals("b active", flags(0));
    assertEquals("a confirmed", flags(1));
    store.apply(Event.CONFIRM, null);
    assertEquals("slot-b.img", store.running().origin());
    assertEquals("b active confirmed", flags(0));
    assertEquals("a", flags(1));
    assertEquals(3, store.status().generation());
    store.apply(Event.PERMANENT, null);
    assertEquals("a pending permanent", flags(1));
    assertEquals(List.of(), problems());
  }

  @Test
  void unconfirmedTrialIsTakenBackAndSaysSo() {
    put(SlotFile.A, OLD);
    put(SlotFile.B, NEW);
    mark(SlotFile.A, Swap.TEST);
    restart();
    assertEquals(NEW, answering());
    restart();
    assertEquals(OLD, answering());
    assertEquals(
        List.of("slot-b.img was on trial and not confirmed; it is taken back"), problems());
  }

  @Test
  void candidateThatKillsTheProgramIsTakenBack() {
    put(SlotFile.A, OLD);
    put(SlotFile.B, NEW);
    mark(SlotFile.A, Swap.TEST);
    SelfTest killer =
        image -> {
          throw new InternalError();
        };
    WeightStore killed = new WeightStore(storage, () -> FACTORY.image, killer, VersionRule.NONE);
    assertThrows(InternalError.class, killed::start);
    restart();
    assertEquals(OLD, answering());
  }

  @Test
  void refusedCommandLeavesTheStatusAsItWas() throws StoreException {
    put(SlotFile.A, OLD);
    put(SlotFile.B, NEW);
    restart();
    store.apply(Event.TEST, null);
    String before = flags(1);
    assertThrows(StoreException.class, () -> store.apply(Event.CONFIRM, null));
    assertEquals(before, flags(1));
    assertEquals(NEW, TestImage.of(store.status().slots().get(1).image()));
  }

  @Test
  void selfTestThatBreaksIsAFailure() {
    put(SlotFile.A, OLD);
    store =
        new WeightStore(
            storage,
            () -> null,
            image -> {
              throw new IllegalStateException("odd");
            },
            VersionRule.NONE);
    assertNull(store.start().image());
    assertEquals("none", store.running().origin());
    assertEquals(
        List.of(
            "slot-a.img does not answer: it breaks the self-test:"
                + " java.lang.IllegalStateException: odd"),
        problems());
  }

  @Test
  void everyPairDoesWhatTheTableSays() throws StoreException {
    for (Swap state : Swap.values()) {
      for (Event event : Event.values()) {
        for (TestImage slot1 : List.of(NEW, BAD)) {
          if (event != Event.FAIL
              && event != Event.START
              && !(state == Swap.REVERT && slot1 == BAD)) {
            walk(state, event, slot1);
          }
        }
      }
    }
  }

  /** Puts the store into a state, applies the event, and compares the result with the row. */
  private void walk(Swap state, Event event, TestImage slot1) {
    String pair = state + " " + event + " " + slot1;
    put(SlotFile.A, state == Swap.REVERT ? slot1 : OLD);
    put(SlotFile.B, state == Swap.REVERT ? OLD : NEW);
    mark(SlotFile.A, state == Swap.REVERT ? Swap.TEST : Swap.NONE);
    restart();
    enter(state);
    if (state != Swap.REVERT) {
      put(SlotFile.B, slot1);
    }
    SlotFile active = store.status().slots().getFirst().file();
    long generation = store.status().generation();
    Transition row =
        Transition.of(
            Transition.TABLE,
            state,
            event,
            guard -> guard != Transition.Guard.SLOT_1_PASSES || slot1 == NEW);
    boolean done = happen(event);
    assertEquals(row != null && row.next() != null, done, pair);
    if (row == null || row.next() == null) {
      assertEquals(state, store.status().swap(), pair);
      assertEquals(generation, store.status().generation(), pair);
      assertEquals(active, store.status().slots().getFirst().file(), pair);
      return;
    }
    assertEquals(row.next(), store.status().swap(), pair);
    assertEquals(
        row.exchanged() ? active.other() : active, store.status().slots().getFirst().file(), pair);
    StoreStatus before = store.status();
    assertEquals(before.slots().getFirst().file(), store.running().file(), pair);
    assertEquals(before.generation() > generation, row.next() != state || row.exchanged(), pair);
    assertFile(row, store.status().slots().get(1), pair);
  }

  private static void assertFile(Transition row, SlotStatus slot1, String pair) {
    switch (row.step()) {
      case WRITE -> assertEquals(NEWER, TestImage.of(slot1.image()), pair);
      case DELETE -> assertNull(slot1.image(), pair);
      case NOTHING -> assertTrue(slot1.image() != null, pair);
    }
  }

  private void enter(Swap state) {
    Event event =
        switch (state) {
          case NONE -> Event.CONFIRM;
          case TEST -> Event.TEST;
          case PERMANENT -> Event.PERMANENT;
          case REVERT -> null;
        };
    if (event != null) {
      assertTrue(happen(event));
    }
    assertEquals(state, store.status().swap());
  }

  /** Whether the command was executed. */
  private boolean happen(Event event) {
    try {
      switch (event) {
        case STAGE -> store.apply(Event.STAGE, NEWER.image);
        case TEST -> store.apply(Event.TEST, null);
        case PERMANENT -> store.apply(Event.PERMANENT, null);
        case CONFIRM -> store.apply(Event.CONFIRM, null);
        case REVERT -> store.apply(Event.REVERT, null);
        case ERASE -> store.apply(Event.ERASE, null);
        case START, FAIL -> throw new AssertionError(event + " is no command");
      }
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  @Test
  void refusalsSayWhy() {
    put(SlotFile.A, OLD);
    store.start();
    assertFails(
        Reason.NO_IMAGE,
        "slot 1 (slot-b.img) is empty",
        store -> store.apply(Event.TEST, null),
        store);
    put(SlotFile.B, BAD);
    assertFails(
        Reason.SELF_TEST,
        "slot 1 (slot-b.img) answers 0001, which is not wanted here",
        store -> store.apply(Event.PERMANENT, null),
        store);
    put(SlotFile.B, NEW);
    assertFails(
        Reason.NO_IMAGE,
        "slot 1 holds another image, " + NEW.image.hashText(),
        store -> store.apply(Event.TEST, NEWER.image),
        store);
    assertEquals(Swap.NONE, store.status().swap());
    assertTrue(happen(Event.TEST));
    assertFails(
        Reason.REFUSED,
        "confirm is refused in state test: start the image in slot 1 first",
        store -> store.apply(Event.CONFIRM, null),
        store);
    store.start();
    assertFails(
        Reason.REFUSED,
        "erase is refused in state revert: confirm or revert the image on trial first",
        store -> store.apply(Event.ERASE, null),
        store);
    assertEquals(List.of(), problems());
  }

  @Test
  void brokenSlotIsKeptAndNamed() throws IOException {
    put(SlotFile.A, OLD);
    memory.write("slot-b.img", GARBAGE);
    store.start();
    assertEquals(OLD, answering());
    assertEquals(1, problems().size());
    String problem = problems().getFirst();
    assertTrue(problem.startsWith("slot-b.img holds no image: file: found 8 bytes"), problem);
    assertTrue(problem.endsWith("; kept as slot-b.img.broken"), problem);
    assertArrayEquals(GARBAGE, memory.read("slot-b.img.broken", 100));
    restart();
    assertEquals(
        List.of(
            "slot-b.img.broken was set aside: file: found 8 bytes, expected 80 to 1048576;"
                + " look into it, then delete it"),
        problems());
    assertEquals("b, is empty", flags(1));
    memory.delete("slot-b.img.broken");
    restart();
    assertEquals(List.of(), problems());
  }

  @Test
  void brokenRecordIsKeptAndNamed() throws IOException {
    put(SlotFile.A, OLD);
    memory.write("state", GARBAGE);
    store.start();
    assertEquals(
        List.of(
            "state record: 8 bytes that are not the lines of version 1 or 2;"
                + " kept as state.broken"),
        problems());
    assertArrayEquals(GARBAGE, memory.read("state.broken", 100));
  }

  @Test
  void slotThatFailsTheSelfTestIsPassedOverAndStays() throws IOException {
    put(SlotFile.A, BAD);
    put(SlotFile.B, NEW);
    store.start();
    assertEquals(NEW, answering());
    assertEquals(
        List.of("slot-a.img does not answer: it answers 0001, which is not wanted here"),
        problems());
    assertArrayEquals(BAD.bytes(), memory.read("slot-a.img", 10_000));
    assertEquals("b active confirmed", flags(0));
  }

  @Test
  void factoryAnswersWithoutTouchingSlotsThatFailTheSelfTest() throws IOException {
    put(SlotFile.A, BAD);
    store.start();
    assertEquals(FACTORY, answering());
    assertEquals("factory", store.running().origin());
    assertArrayEquals(BAD.bytes(), memory.read("slot-a.img", 10_000));
  }

  @Test
  void factoryThatFailsTheSelfTestIsNotUsed() {
    store = new WeightStore(storage, () -> BAD.image, TestImage.SELF_TEST, VersionRule.NONE);
    assertEquals(Running.NOTHING, store.start());
    assertEquals(List.of(), problems(), "it is no trouble: the device learns");
  }

  @Test
  void missingSlotIsNamedOnceSomethingWasRecorded() {
    put(SlotFile.B, NEW);
    mark(SlotFile.A, Swap.NONE);
    store.start();
    assertEquals(NEW, answering());
    assertEquals(List.of("slot-a.img does not answer: it is empty"), problems());
  }

  @Test
  void emptyDeviceIsTrainedIntoASlot() throws StoreException {
    store = new WeightStore(storage, () -> null, TestImage.SELF_TEST, VersionRule.NONE);
    assertNull(store.start().image());
    store.apply(Event.STAGE, NEW.image);
    store.apply(Event.PERMANENT, null);
    assertNull(store.running().image());
    store.start();
    assertEquals(NEW, answering());
    assertEquals("b active confirmed", flags(0));
  }

  @Test
  void fullDiskBeginsNoTrialButEndsOne() {
    put(SlotFile.A, OLD);
    put(SlotFile.B, NEW);
    mark(SlotFile.A, Swap.TEST);
    storage.refuse(Set.of(Operation.WRITE), 1, Integer.MAX_VALUE);
    restart();
    assertEquals(OLD, answering());
    assertEquals(List.of("the state cannot be recorded: state.new: refused to WRITE"), problems());
    mark(SlotFile.B, Swap.REVERT);
    restart();
    assertEquals(OLD, answering());
    assertEquals(Swap.NONE, store.status().swap());
    storage.repair();
    assertTrue(happen(Event.STAGE));
    restart();
    assertEquals(OLD, answering());
  }

  @Test
  void fullDiskAtACommandChangesNothing() {
    put(SlotFile.A, OLD);
    put(SlotFile.B, NEW);
    store.start();
    assertTrue(happen(Event.TEST));
    storage.refuse(Set.of(Operation.WRITE), 1, Integer.MAX_VALUE);
    assertFails(
        Reason.STORAGE,
        "slot-b.img.new: refused to WRITE",
        store -> store.apply(Event.STAGE, NEWER.image),
        store);
    assertEquals(Swap.TEST, store.status().swap());
    assertNull(memory.read("slot-b.img.new", 1));
    assertEquals(List.of("the last command failed: slot-b.img.new: refused to WRITE"), problems());
    storage.repair();
    store.start();
    assertEquals(NEW, answering());
    assertEquals(List.of(), problems());
  }

  @Test
  void diskThatKeepsLessThanItSaysIsFoundOut() {
    put(SlotFile.A, OLD);
    put(SlotFile.B, NEW);
    store.start();
    storage.truncateWrites();
    assertFails(
        Reason.STORAGE,
        "slot-b.img.new: read back differs from what was written: check the disk",
        store -> store.apply(Event.STAGE, NEWER.image),
        store);
    assertEquals(NEW, TestImage.of(store.status().slots().get(1).image()));
    assertEquals(OLD, answering());
  }

  @Test
  void unreadableSlotAnswersAgainOnceItIsMended() {
    put(SlotFile.A, NEW);
    put(SlotFile.B, OLD);
    mark(SlotFile.A, Swap.NONE);
    // The record is read first, then slot 0.
    storage.refuse(Set.of(Operation.READ), 2, 2);
    restart();
    assertEquals(OLD, answering());
    assertEquals(List.of("slot-a.img cannot be read: slot-a.img: refused to READ"), problems());
    restart();
    assertEquals(NEW, answering());
  }

  @Test
  void vanishedStorageLeavesWhatAnswered() throws StoreException {
    put(SlotFile.A, OLD);
    put(SlotFile.B, NEW);
    mark(SlotFile.B, Swap.NONE);
    store.start();
    storage.refuse(Set.of(Operation.values()), 1, Integer.MAX_VALUE);
    store.start();
    assertEquals(NEW, answering());
    assertEquals(3, problems().size());
    assertFails(
        Reason.STORAGE,
        "state cannot be read: state: refused to READ",
        store -> store.apply(Event.STAGE, NEWER.image),
        store);
    restart();
    assertEquals(FACTORY, answering());
    storage.repair();
    restart();
    assertEquals(NEW, answering());
    assertEquals(List.of(), problems());
  }

  @Test
  void emptyMountPointLeavesWhatAnswered() throws IOException {
    put(SlotFile.A, OLD);
    store.start();
    memory.delete("slot-a.img");
    store.start();
    assertEquals(OLD, answering());
    assertEquals("a active, is empty", flags(0));
    assertNull(memory.read("slot-a.img", 1));
  }

  @Test
  void oversizedSlotIsBroken() throws IOException {
    memory.write("slot-a.img", new byte[9 << 20]);
    store.start();
    assertTrue(problems().getFirst().contains("expected"), problems()::toString);
    byte @Nullable [] kept = memory.read("slot-a.img.broken", 10 << 20);
    assertTrue(kept != null && kept.length == 9 << 20);
  }
}
