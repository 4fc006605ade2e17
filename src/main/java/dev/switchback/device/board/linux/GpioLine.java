package dev.switchback.device.board.linux;

/**
 * A line of this machine. {@code toString} gives it as people write it: {@code gpiochip0:17}.
 *
 * @param offset 0 to the number of lines, exclusive
 */
public record GpioLine(GpioChip chip, int offset) {
  @Override
  public String toString() {
    return chip.name() + ":" + offset;
  }
}
