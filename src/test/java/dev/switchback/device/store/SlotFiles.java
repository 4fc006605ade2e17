package dev.switchback.device.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A state directory, as a start may find it. */
public final class SlotFiles {
  private SlotFiles() {}

  /** Writes a record of generation 4 and the slots; slot 1 may be empty. */
  public static Map<String, byte[]> of(
      SlotFile active, Swap swap, byte[] slot0, byte @Nullable [] slot1) {
    byte[] record = new StateRecord(active, swap, 4, null).bytes();
    return slot1 == null
        ? Map.of(StateRecord.FILE_NAME, record, active.fileName(), slot0)
        : Map.of(
            StateRecord.FILE_NAME,
            record,
            active.fileName(),
            slot0,
            active.other().fileName(),
            slot1);
  }
}
