package dev.switchback.tools.doctor;

/**
 * The result of a check.
 *
 * @param seen the state found, or why it could not be determined
 * @param fix the command that fixes or shows it; empty if there is nothing to do
 */
public record Finding(Verdict verdict, String seen, String fix) {
  private static final String AS_ROOT = "sudo switchback doctor";

  static Finding pass(String seen) {
    return new Finding(Verdict.PASS, seen, "");
  }

  static Finding warn(String seen, String fix) {
    return new Finding(Verdict.WARN, seen, fix);
  }

  static Finding fail(String seen, String fix) {
    return new Finding(Verdict.FAIL, seen, fix);
  }

  /** Returns a result for a check that does not apply to this machine. */
  static Finding skip(String why) {
    return new Finding(Verdict.SKIP, why, "");
  }

  /** Returns a result for a state that could not be determined. */
  static Finding unseen(String why, String how) {
    return new Finding(Verdict.SKIP, why, how);
  }

  /** Returns a result for a state that this user may not read. */
  static Finding denied(String what) {
    return unseen("no permission for " + what, AS_ROOT);
  }
}
