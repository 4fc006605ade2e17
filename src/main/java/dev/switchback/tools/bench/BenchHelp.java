package dev.switchback.tools.bench;

import dev.switchback.lesson.NamedTruth;
import dev.switchback.tools.plot.TerminalStyle;
import java.util.ArrayList;
import java.util.List;

/** The text of the bench's help page. */
final class BenchHelp {
  static final String SUMMARY = "The network that learns takes over once it answers every row.";

  private BenchHelp() {}

  /** Returns the keys that flip the switches: {@code a}, {@code a b}, or {@code 1-8}. */
  static String flips(int switches) {
    return switches == 1 ? "a" : switches == 2 ? "a b" : "1-" + switches;
  }

  /** Returns pairs of a key and its action; at most fourteen. */
  static List<String[]> keys(BenchView view, TerminalStyle style) {
    int switches = view.switches();
    List<String[]> keys = new ArrayList<>();
    if (view.keysFlip()) {
      add(
          keys,
          flips(switches),
          switches < 3
              ? "flip a switch"
              : "flip a switch: 1 is A, " + switches + " is " + (char) ('A' + switches - 1));
    }
    add(keys, "space", "pause the training, and let it go on");
    add(keys, "s", "one epoch, and stop there");
    add(keys, "+ -", "faster, slower: 1 epoch a second to full speed");
    boolean hasSeveralLeds = view.leds() > 1;
    String tables = switches == 1 ? "01, 10" : NamedTruth.labels();
    add(
        keys,
        "l",
        hasSeveralLeds
            ? "learn the next tables, one for each LED"
            : "learn the next table: " + tables);
    add(keys, "n", "learn with the next number of hidden neurons");
    add(keys, "r", "learn again, from the next seed");
    add(
        keys,
        "t",
        hasSeveralLeds
            ? "the present position shall give the next answer"
            : "the present position shall answer the other way");
    add(keys, "u", "back to the configured lesson");
    add(keys, "f", "answer in fixed point, or in float again");
    if (hasSeveralLeds) {
      add(keys, "m", "show map and output of the next LED");
    }
    add(keys, "Ctrl-Z", "leave to the shell; fg comes back. Ctrl-L paints anew");
    add(keys, "q", "quit");
    add(keys, style.pick("▲", "^"), "where the training started afresh; the epochs count on");
    return keys;
  }

  private static void add(List<String[]> keys, String key, String what) {
    keys.add(new String[] {key, what});
  }
}
