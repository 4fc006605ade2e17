package dev.switchback.tools.cli.files;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.cli.WholeNumber;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that selects the LED of a decision map. */
final class LedOption {
  @Option(
      names = "--led",
      paramLabel = "N",
      converter = Numbered.class,
      description = "Draw the decision map of LED N. Default: 1.")
  private @Nullable Integer number;

  /** The number of an LED, from 1. */
  static final class Numbered extends WholeNumber.Limited {
    Numbered() {
      super(1, TruthTable.MAX_LEDS);
    }
  }

  boolean isGiven() {
    return number != null;
  }

  /**
   * Returns the index of the LED; 0 is the first.
   *
   * @throws Refusal if there are fewer LEDs
   */
  int index(int leds) throws Refusal {
    int asked = number == null ? 1 : number;
    if (asked > leds) {
      throw new Refusal(
          ExitCode.USAGE,
          "--led " + asked + ": there " + (leds == 1 ? "is 1 LED" : "are " + leds + " LEDs"));
    }
    return asked - 1;
  }

  /** Returns {@code , LED 2} for index 1; empty if there is only one LED. */
  static String caption(int led, int leds) {
    return leds == 1 ? "" : ", LED " + (led + 1);
  }
}
