package dev.switchback.device.config;

import java.util.Locale;

/** Which board the device drives. */
public enum BoardChoice {
  /** The pins if the program runs on a Raspberry Pi, the simulated board if not. */
  AUTO,
  /** The simulated board. */
  SIM,
  /** The pins of the machine, a Raspberry Pi or not; the start fails if a line is missing. */
  PI;

  /** Returns the name in files and options: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the choice with a {@link #label()}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static BoardChoice of(String label) {
    for (BoardChoice choice : values()) {
      if (choice.label().equals(label)) {
        return choice;
      }
    }
    throw new IllegalArgumentException("unknown board '" + label + "': use auto, sim or pi");
  }
}
