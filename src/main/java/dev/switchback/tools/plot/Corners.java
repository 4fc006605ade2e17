package dev.switchback.tools.plot;

import dev.switchback.core.nn.TruthTable;

/** The four corners of a map of the switches A and B. */
public final class Corners {
  private Corners() {}

  /**
   * What should be answered where A and B are 00, 01, 10 and 11. A truth table of A alone does not
   * ask for B.
   *
   * @param others levels of the switches from C on, in binary; the last switch is the lowest digit
   */
  public static TruthTable of(TruthTable truth, int others) {
    if (truth.inputs() > 1) {
      return truth.ofFirstTwo(others);
    }
    int open = truth.answer(0);
    int closed = truth.answer(1);
    return TruthTable.parse("" + open + open + closed + closed);
  }
}
