package dev.switchback.tools.doctor;

/**
 * What a check found.
 *
 * @param seen what there is, or why it could not be seen
 * @param mend the command that mends it or shows it; empty if there is nothing to do
 */
public record Finding(Verdict verdict, String seen, String mend) {
  private static final String AS_ROOT = "sudo switchback doctor";

  static Finding pass(String seen) {
    return new Finding(Verdict.PASS, seen, "");
  }

  static Finding warn(String seen, String mend) {
    return new Finding(Verdict.WARN, seen, mend);
  }

  static Finding fail(String seen, String mend) {
    return new Finding(Verdict.FAIL, seen, mend);
  }

  /** Does not concern this machine. */
  static Finding skip(String why) {
    return new Finding(Verdict.SKIP, why, "");
  }

  /** Could not be seen. */
  static Finding unseen(String why, String how) {
    return new Finding(Verdict.SKIP, why, how);
  }

  /** Could not be seen by this user. */
  static Finding denied(String what) {
    return unseen("no permission for " + what, AS_ROOT);
  }
}
