package dev.switchback.tools.cli.files;

import dev.switchback.tools.plot.TerminalCurve;
import dev.switchback.tools.plot.TerminalLine;
import dev.switchback.tools.plot.TerminalMap;
import dev.switchback.tools.plot.TerminalStyle;
import java.util.List;
import java.util.Map;

/** Pictures as lines of text. They leave a window of 24 lines room for a prompt. */
record TerminalPlot(TerminalStyle style) {
  private static final int ROWS = 22;
  private static final int CURVE_COLUMNS = 72;
  private static final int CURVE_ROWS = 16;

  /**
   * The style of whatever standard output is.
   *
   * @param isAscii whether plain characters were asked for
   * @param isTerminal whether a terminal shows the lines; files and pipes get no colours
   */
  static TerminalPlot on(Map<String, String> environment, boolean isAscii, boolean isTerminal) {
    TerminalStyle style = isAscii ? TerminalStyle.ASCII : TerminalStyle.of(environment);
    return new TerminalPlot(style.hasColour() && !isTerminal ? TerminalStyle.MONOCHROME : style);
  }

  List<TerminalLine> boundary(PlottedNetwork network) {
    return new TerminalMap(network.map(), style, ROWS)
        .lines(network.corners(), TerminalMap.NOWHERE);
  }

  List<TerminalLine> loss(LossLog loss) {
    return new TerminalCurve(loss.log().history(CURVE_COLUMNS), style, CURVE_COLUMNS, CURVE_ROWS)
        .lines();
  }
}
