package dev.switchback.tools.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Assertions about findings. */
final class Findings {
  private Findings() {}

  static void assertFinding(Verdict verdict, String seen, Finding finding) {
    assertEquals(verdict, finding.verdict(), finding.toString());
    assertTrue(finding.seen().contains(seen), finding.toString());
  }

  static void assertFinding(Verdict verdict, String seen, String fix, Finding finding) {
    assertFinding(verdict, seen, finding);
    assertTrue(finding.fix().contains(fix), finding.toString());
  }
}
