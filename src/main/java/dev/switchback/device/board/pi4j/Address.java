package dev.switchback.device.board.pi4j;

import com.pi4j.io.gpio.GpioConfig;
import dev.switchback.device.board.linux.GpioLine;

/**
 * The address of a line for Pi4J, which knows a line by one number: that of the chip in the upper
 * bits, that of the line on its chip in the lower 16.
 */
final class Address {
  private static final int CHIP_SHIFT = 16;

  private Address() {}

  static int of(GpioLine line) {
    return line.chip().number() << CHIP_SHIFT | line.offset();
  }

  static int chip(GpioConfig<?> config) {
    return config.address() >> CHIP_SHIFT;
  }

  static int offset(GpioConfig<?> config) {
    return config.address() & (1 << CHIP_SHIFT) - 1;
  }
}
