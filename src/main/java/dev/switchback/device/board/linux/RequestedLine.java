package dev.switchback.device.board.linux;

import dev.switchback.device.board.Pull;

/**
 * A line to request.
 *
 * @param flags of {@code linux/gpio.h}
 */
public record RequestedLine(int offset, long flags) {
  private static final long ACTIVE_LOW = 1 << 1;
  private static final long INPUT = 1 << 2;
  private static final long OUTPUT = 1 << 3;
  private static final long PULL_UP = 1 << 8;
  private static final long PULL_DOWN = 1 << 9;
  private static final long PULL_NONE = 1 << 10;

  /** Both edges, which an input reports if its chip can. */
  static final long EDGES = 1 << 4 | 1 << 5;

  public static RequestedLine input(int offset, Pull pull, boolean activeLow) {
    long bias =
        switch (pull) {
          case UP -> PULL_UP;
          case DOWN -> PULL_DOWN;
          case NONE -> PULL_NONE;
        };
    return new RequestedLine(offset, INPUT | bias | (activeLow ? ACTIVE_LOW : 0));
  }

  /** An output, at first inactive. */
  public static RequestedLine output(int offset, boolean activeLow) {
    return new RequestedLine(offset, OUTPUT | (activeLow ? ACTIVE_LOW : 0));
  }

  public boolean isInput() {
    return (flags & INPUT) != 0;
  }

  public boolean isActiveLow() {
    return (flags & ACTIVE_LOW) != 0;
  }

  /** Returns the level of an input that nothing drives; without a pull it counts as inactive. */
  public boolean isHighWhenOpen() {
    return (flags & PULL_UP) != 0 || ((flags & PULL_NONE) != 0 && isActiveLow());
  }

  RequestedLine withEdges() {
    return new RequestedLine(offset, flags | EDGES);
  }
}
