package dev.switchback.tools.cli.files;

import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.plot.TerminalLine;
import dev.switchback.tools.plot.TerminalStyle;
import java.util.List;

/** A drawing of a network or of its training. */
sealed interface Drawing permits LossLog, PlottedNetwork {
  /** Returns one line that describes the drawing and its conditions. */
  String caption();

  /** Returns an SVG document. */
  String svg();

  /** Returns lines that fit into 24 rows together with a caption and a prompt. */
  List<TerminalLine> lines(TerminalStyle style);

  /** Returns a description as JSON. */
  JsonObject json();
}
