package dev.switchback.device.store;

/** What the next start does with the slots, in MCUboot's vocabulary. */
public enum Swap {
  /** Slot 0 answers and is confirmed. */
  NONE("none"),
  /** The next start puts slot 1 in use, on trial. */
  TEST("test"),
  /** The next start puts slot 1 in use, confirmed. */
  PERMANENT("permanent"),
  /** Slot 0 is on trial: the next start goes back unless it is confirmed. */
  REVERT("revert");

  private final String label;

  Swap(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
