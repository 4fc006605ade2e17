package dev.switchback.tools.cli.here;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The 40 pins of the header: pin 1 at the top left, pin 2 to its right. */
final class HeaderPins {
  static final int COUNT = 40;
  static final String GROUND = "GND";
  static final String SUPPLY = "3V3";

  private static final List<String> NAMES =
      List.of(
          """
          3V3 5V BCM2 5V BCM3 GND BCM4 BCM14 GND BCM15 BCM17 BCM18 BCM27 GND BCM22 BCM23 3V3 \
          BCM24 BCM10 GND BCM9 BCM25 BCM11 BCM8 GND BCM7 BCM0 BCM1 BCM5 GND BCM6 BCM12 BCM13 \
          GND BCM19 BCM16 BCM26 BCM20 GND BCM21\
          """
              .split(" ", -1));

  private HeaderPins() {}

  /** Returns the name of a pin, such as {@code BCM17} for pin 11. */
  static String name(int pin) {
    return NAMES.get(pin - 1);
  }

  static int ofLine(int bcm) {
    return NAMES.indexOf("BCM" + bcm) + 1;
  }

  static boolean isLine(int pin) {
    return name(pin).startsWith("BCM");
  }

  /**
   * Returns the pin with this name that has the shortest total distance to other pins; on a tie,
   * the lowest.
   *
   * @param taken pins to avoid if another has the name
   */
  static int nearest(String name, Collection<Integer> others, Set<Integer> taken) {
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
  static int row(int pin) {
    return (pin - 1) / 2;
  }

  static boolean isOdd(int pin) {
    return pin % 2 == 1;
  }
}
