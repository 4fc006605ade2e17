package dev.switchback;

/** The exit codes of the programs. */
public enum ExitCode {
  OK(0, "done"),
  INTERNAL(1, "internal error, or a failed write such as a full disk"),
  USAGE(2, "wrong options, files or configuration, or no Java 25"),
  NO_DEVICE(3, "no board, no such port, or no Switchback device there"),
  PERMISSION(4, "no permission"),
  BUSY(5, "a line or a port is in use"),
  NO_REPLY(6, "no reply"),
  PROTOCOL(7, "a reply is garbled"),
  REFUSED(8, "refused by the device"),
  ROLLED_BACK(9, "reverted: the device tried it, and went back"),
  FAULT_FOUND(10, "the doctor, or wiring --check, found a fault"),
  INTERRUPTED(130, "ended by Ctrl-C");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  /** In the words of the manual. */
  public String meaning() {
    return meaning;
  }
}
