package dev.switchback.device.board;

import java.util.regex.Pattern;

/** How a GPIO line is named. {@code toString} gives the name for messages. */
public sealed interface Line {
  /** The last BCM number of a 40-pin header. */
  int MAX_BCM = 27;

  /** What a line may look like, for messages. */
  String FORMS =
      "a BCM number (0 to "
          + MAX_BCM
          + "), a chip's name or label with ':' and the line's number, such as gpiochip0:17, or the"
          + " kernel's name of the line, such as GPIO17";

  /**
   * A line of a Raspberry Pi's header.
   *
   * @param number 0 to {@link #MAX_BCM}; not the number of the pin
   */
  record Bcm(int number) implements Line {
    public Bcm {
      if (number < 0 || number > MAX_BCM) {
        throw new IllegalArgumentException("a BCM number is 0 to " + MAX_BCM);
      }
    }

    @Override
    public String toString() {
      return "GPIO" + number;
    }
  }

  /**
   * A line of a chip.
   *
   * @param chip name of its device, such as {@code gpiochip0}, or its label, such as {@code
   *     pinctrl-rp1}
   * @param offset from 0
   */
  record OnChip(String chip, int offset) implements Line {
    @Override
    public String toString() {
      return chip + ":" + offset;
    }
  }

  /** A line that the kernel knows by a name, such as {@code GPIO17} or {@code PIN_11}. */
  record Named(String name) implements Line {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * Parses a line.
   *
   * @throws IllegalArgumentException saying what is allowed
   */
  static Line parse(String text) {
    if (Syntax.NUMBER.matcher(text).matches()) {
      return new Bcm(Syntax.number(text));
    }
    int colon = text.lastIndexOf(':');
    if (colon > 0 && Syntax.WHOLE.matcher(text.substring(colon + 1)).matches()) {
      return new OnChip(text.substring(0, colon), Syntax.number(text.substring(colon + 1)));
    }
    if (Syntax.NAME.matcher(text).matches()) {
      return new Named(text);
    }
    throw new IllegalArgumentException("a line is " + FORMS);
  }

  /** Keeps the patterns private, which fields of an interface cannot be. */
  final class Syntax {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,5}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.+-]*");

    private Syntax() {}

    private static int number(String text) {
      return WHOLE.matcher(text).matches() ? Integer.parseInt(text) : -1;
    }
  }
}
