package dev.switchback.tools.doctor;

/** What a check came to. */
public enum Verdict {
  PASS,
  /** It works, but not as well or not for as long as it could. */
  WARN,
  /** It does not work, or loses something. */
  FAIL,
  /** It could not be seen, or does not concern this machine. */
  SKIP
}
