package dev.switchback.device.board.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.device.board.Pull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The flags of {@code linux/gpio.h}. */
class RequestedLineTest {
  @ParameterizedTest
  @CsvSource({
    "UP, true, 0x106, true",
    "UP, false, 0x104, true",
    "DOWN, true, 0x206, false",
    "DOWN, false, 0x204, false",
    "NONE, true, 0x406, true",
    "NONE, false, 0x404, false"
  })
  void inputsHaveTheirPullAndPolarity(Pull pull, boolean activeLow, String flags, boolean high) {
    RequestedLine line = RequestedLine.input(17, pull, activeLow);
    assertEquals(Long.decode(flags), line.flags());
    assertEquals(high, line.isHighWhenOpen());
    assertEquals(Long.decode(flags) | 0x30, line.withEdges().flags());
  }

  @Test
  void outputsHaveTheirPolarity() {
    assertEquals(new RequestedLine(22, 0x8), RequestedLine.output(22, false));
    assertEquals(new RequestedLine(22, 0xA), RequestedLine.output(22, true));
  }
}
