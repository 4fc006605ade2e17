package dev.switchback.device.node;

import dev.switchback.core.nn.TruthTable;

/**
 * What came of teaching.
 *
 * @param lesson the whole lesson now
 * @param isTraining whether a training for it has begun; if not, it is answered already
 */
public record Taught(TruthTable lesson, boolean isTraining) {
  /** Returns one line for people. */
  public String text() {
    return isTraining ? "learns " + lesson : "answers " + lesson + " already";
  }
}
