package dev.switchback.device.store;

/** One of the two slot files. The {@link StateRecord} says which is slot 0, the active one. */
public enum SlotFile {
  A("a"),
  B("b");

  private final String label;

  SlotFile(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  public String fileName() {
    return "slot-" + label + ".img";
  }

  SlotFile other() {
    return this == A ? B : A;
  }
}
