package dev.switchback.device.board;

/** The resistor that the chip connects to an input line. */
public enum Pull {
  /** Towards 3.3 V: an open switch to ground reads HIGH. */
  UP,
  /** Towards ground: an open switch to 3.3 V reads LOW. */
  DOWN,
  /** None: the circuit has its own resistor. */
  NONE
}
