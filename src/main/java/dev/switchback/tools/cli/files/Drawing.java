package dev.switchback.tools.cli.files;

import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.plot.TerminalLine;
import dev.switchback.tools.plot.TerminalStyle;
import java.util.List;

/** What is drawn: a network, or how it learnt. */
sealed interface Drawing permits LossLog, PlottedNetwork {
  /** One line that says what this is, and under which conditions it is shown. */
  String caption();

  /** One SVG document. */
  String svg();

  /** Lines of text, which leave a window of 24 lines room for a caption and a prompt. */
  List<TerminalLine> lines(TerminalStyle style);

  /** What programs are told of it. */
  JsonObject json();
}
