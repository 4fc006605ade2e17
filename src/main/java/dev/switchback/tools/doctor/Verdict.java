package dev.switchback.tools.doctor;

/** The verdict of a check. */
public enum Verdict {
  PASS,
  /** It works, but not as well or as long as it could. */
  WARN,
  /** It does not work, or loses data. */
  FAIL,
  /** The state is unknown, or the check does not apply to this machine. */
  SKIP
}
