package dev.switchback.device.board.linux;

import dev.switchback.device.board.Line;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The 40 pins of the header: pin 1 at the top left, pin 2 to its right. */
public final class HeaderPins {
  public static final int COUNT = 40;
  public static final String GROUND = "GND";
  public static final String SUPPLY = "3V3";

  private static final List<String> NAMES =
      List.of(
          """
          3V3 5V BCM2 5V BCM3 GND BCM4 BCM14 GND BCM15 BCM17 BCM18 BCM27 GND BCM22 BCM23 3V3 \
          BCM24 BCM10 GND BCM9 BCM25 BCM11 BCM8 GND BCM7 BCM0 BCM1 BCM5 GND BCM6 BCM12 BCM13 \
          GND BCM19 BCM16 BCM26 BCM20 GND BCM21\
          """
              .split(" ", -1));

  private static final Pattern NUMBERED = Pattern.compile("(GPIO|PIN_)([0-9]{1,3})");

  private HeaderPins() {}

  /** Returns the name of a pin, such as {@code BCM17} for pin 11. */
  public static String name(int pin) {
    return NAMES.get(pin - 1);
  }

  public static int ofLine(int bcm) {
    return NAMES.indexOf("BCM" + bcm) + 1;
  }

  /** Returns the pin of a line; 0 if it is not known to be on the header. */
  public static int ofLine(Line line) {
    return switch (line) {
      case Line.Bcm bcm -> ofLine(bcm.number());
      case Line.OnChip onChip ->
          RaspberryPi.isHeaderChip(onChip.chip()) ? ofLine(onChip.offset()) : 0;
      case Line.Named named -> ofName(named.name());
    };
  }

  /** The kernel calls line 17 {@code GPIO17}, or {@code PIN_11} on the first kernels for a Pi 5. */
  private static int ofName(String name) {
    Matcher numbered = NUMBERED.matcher(name);
    if (!numbered.matches()) {
      return 0;
    }
    int number = Integer.parseInt(numbered.group(2));
    boolean isPin = numbered.group(1).equals("PIN_");
    return isPin ? (number >= 1 && number <= COUNT && isLine(number) ? number : 0) : ofLine(number);
  }

  /** Returns the BCM number of a line; -1 if it is not known to be on the header. */
  public static int bcm(Line line) {
    int pin = ofLine(line);
    return pin == 0 ? -1 : Integer.parseInt(name(pin).substring("BCM".length()));
  }

  /** Returns ground, or the supply of 3.3 V. */
  public static String rail(boolean isGround) {
    return isGround ? GROUND : SUPPLY;
  }

  /** Returns the name of a line beside its pin, or the line as written if it has none. */
  public static String name(Line line) {
    int pin = ofLine(line);
    return pin == 0 ? line.toString() : name(pin);
  }

  /** Returns where a line is: {@code BCM17, pin 11}. */
  public static String place(Line line) {
    int pin = ofLine(line);
    return name(line) + (pin == 0 ? "" : ", pin " + pin);
  }

  public static boolean isLine(int pin) {
    return name(pin).startsWith("BCM");
  }

  /**
   * Returns the pin with this name that has the shortest total distance to other pins; on a tie,
   * the lowest.
   *
   * @param taken pins to avoid if another has the name
   */
  public static int nearest(String name, Collection<Integer> others, Set<Integer> taken) {
    int nearest = 0;
    int nearestDistance = Integer.MAX_VALUE;
    for (int pin = 1; pin <= COUNT; pin++) {
      int distance = distance(pin, others) + (taken.contains(pin) ? COUNT * COUNT : 0);
      if (name(pin).equals(name) && distance < nearestDistance) {
        nearest = pin;
        nearestDistance = distance;
      }
    }
    return nearest;
  }

  private static int distance(int pin, Collection<Integer> others) {
    int sum = 0;
    for (int other : others) {
      sum += Math.abs(row(pin) - row(other)) + (isOdd(pin) == isOdd(other) ? 0 : 1);
    }
    return sum;
  }

  /** Returns the row; pins 1 and 2 are in row 0. */
  public static int row(int pin) {
    return (pin - 1) / 2;
  }

  public static boolean isOdd(int pin) {
    return pin % 2 == 1;
  }
}
