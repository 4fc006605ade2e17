package dev.switchback.device.store;

/** What the next start does with the slots, in MCUboot's words. */
public enum Swap {
  /** Slot 0 answers and is confirmed. */
  NONE("none"),
  /** Slot 1 answers from the next start on, on trial. */
  TEST("test"),
  /** Slot 1 answers from the next start on, confirmed. */
  PERMANENT("permanent"),
  /** Slot 0 is on trial: the next start takes it back unless it was confirmed. */
  REVERT("revert");

  private final String label;

  Swap(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
