package dev.switchback.device.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.cable.DeviceStatusMap;
import dev.switchback.device.cable.RecentLogWriter;
import dev.switchback.device.store.SlotFile;
import dev.switchback.device.store.SlotFiles;
import dev.switchback.device.store.Storage;
import dev.switchback.device.store.Swap;
import dev.switchback.device.store.TestImage;
import dev.switchback.sim.FailingStorage;
import dev.switchback.sim.ForwardingStorage;
import dev.switchback.sim.PowerCutStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Starts on what an earlier life of the device has left. */
class DeviceRecoveryTest {
  private static final byte[] GARBAGE = "no image at all".getBytes(StandardCharsets.US_ASCII);

  /** Storage whose first reading of a file ends the program. */
  private static final class Killer extends ForwardingStorage {
    private final String name;
    private boolean hasKilled;

    Killer(Storage behind, String name) {
      super(behind);
      this.name = name;
    }

    @Override
    public byte @Nullable [] read(String file, int maxBytes) throws IOException {
      if (file.equals(name) && !hasKilled) {
        hasKilled = true;
        throw new InternalError("planted");
      }
      return super.read(file, maxBytes);
    }
  }

  private static PowerCutStorage storage(Map<String, byte[]> files) {
    return new PowerCutStorage(files, 0);
  }

  private static DeviceLife started(Storage storage) {
    DeviceLife life = new DeviceLife(storage);
    life.start();
    return life;
  }

  @Test
  void aCandidateThatKillsTheProgramIsTakenBack() {
    for (SlotFile active : SlotFile.values()) {
      String candidate = active == SlotFile.A ? "slot-b.img" : "slot-a.img";
      PowerCutStorage files =
          storage(SlotFiles.of(active, Swap.TEST, TestImage.OLD.bytes(), TestImage.NEW.bytes()));
      Killer killer = new Killer(files, candidate);
      DeviceLife killed = new DeviceLife(killer);
      assertThrows(InternalError.class, killed::start);
      files.requireSettled();
      DeviceLife next = started(killer);
      assertEquals("OLD", next.answering());
      assertTrue(
          next.apply("problems").contains(" was on trial and not confirmed; it is taken back"),
          next.apply("problems"));
    }
  }

  @Test
  void theReasonOfABrokenSlotStandsInTheLogAndInTheStatusOfEveryStart() {
    PowerCutStorage files =
        storage(SlotFiles.of(SlotFile.A, Swap.NONE, TestImage.OLD.bytes(), GARBAGE));
    String reason = "file: found 15 bytes, expected 80 to 1048576";
    DeviceLife first = started(files);
    assertEquals(
        "slot-b.img holds no image: " + reason + "; kept as slot-b.img.broken",
        first.apply("problems"));
    assertTrue(
        RecentLogWriter.lines()
            .contains("warn slot-b.img holds no image: " + reason + "; kept as slot-b.img.broken"));
    assertTrue(
        String.join("\n", DeviceStatusMap.lines(first.device()))
            .contains("problem: slot-b.img holds no image: "));
    String later = "slot-b.img.broken was set aside: " + reason + "; look into it, then delete it";
    assertEquals("", first.apply("reload"));
    assertEquals(later, first.apply("problems"));
    assertEquals(later, started(files).apply("problems"));
    assertTrue(RecentLogWriter.lines().contains("warn " + later));
  }

  /** The record that is read in vain says nothing: what it named is not written over. */
  @Test
  void whatCouldNotBeReadAtTheStartIsReadBeforeACommand() {
    for (int unread : new int[] {1, 2, 3}) {
      PowerCutStorage files =
          storage(
              SlotFiles.of(SlotFile.B, Swap.NONE, TestImage.OLD.bytes(), TestImage.NEW.bytes()));
      FailingStorage once = new FailingStorage(files);
      once.refuse(Set.of(FailingStorage.Operation.READ), unread, unread);
      DeviceLife life = started(once);
      String first = life.apply("stage NEWER");
      assertEquals(
          unread == 3
              ? ""
              : "the slots could not be read until now, and slot-b.img answers: repeat the command",
          first);
      assertEquals("OLD", life.answering(), "read " + unread);
      assertEquals("", life.apply("stage NEWER"));
      assertEquals("OLD", started(files).answering(), "read " + unread);
    }
  }

  @Test
  void whatStillCannotBeReadIsNotWrittenOver() {
    PowerCutStorage files =
        storage(SlotFiles.of(SlotFile.B, Swap.NONE, TestImage.OLD.bytes(), TestImage.NEW.bytes()));
    FailingStorage failing = new FailingStorage(files);
    failing.refuse(Set.of(FailingStorage.Operation.READ), 1, Integer.MAX_VALUE);
    DeviceLife life = started(failing);
    String refusal = life.apply("stage NEWER");
    assertTrue(refusal.startsWith("state cannot be read: "), refusal);
    failing.repair();
    assertEquals("OLD", started(files).answering());
  }

  @Test
  void aSlotThatCannotBeReadForAMomentIsNotTrainedOver() {
    PowerCutStorage files =
        storage(SlotFiles.of(SlotFile.A, Swap.NONE, TestImage.OLD.bytes(), null));
    FailingStorage once = new FailingStorage(files);
    // The record is read first, then slot 0.
    once.refuse(Set.of(FailingStorage.Operation.READ), 2, 2);
    DeviceLife life = started(once);
    assertEquals("FACTORY", life.answering());
    assertEquals(0, life.device().status().trainings());
    assertEquals("", life.apply("reload"));
    assertEquals("OLD", life.answering());
  }
}
