package dev.switchback.device.control;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the LEDs show to a person who teaches, instead of the answer; see teaching.md. Any thread
 * asks, the control thread shows. Allocates nothing.
 */
final class Blinking {
  /** While a lesson is learnt, one flash in this time: 500 ms. */
  static final long PERIOD_NANOS = 500_000_000;

  /** The flash of the opposite answer, at the beginning of a period: 100 ms. */
  static final long FLASH_NANOS = 100_000_000;

  /** Each of the flashes of a refusal, and each pause after one: 150 ms. */
  static final long REFUSAL_FLASH_NANOS = 150_000_000;

  private static final int REFUSAL_FLASHES = 3;

  private static final int OVER = 0;
  private static final int TEACHING = 1;
  private static final int ENDING = 2;
  private static final int REFUSED = 3;

  // | 63 .. 32 number of the sign | 31 .. 24 LEDs | 23 .. 16 wanted | 15 .. 8 row | 7 .. 0 kind |
  private static final int NUMBER_SHIFT = 32;
  private static final int LEDS_SHIFT = 24;
  private static final int WANTED_SHIFT = 16;
  private static final int ROW_SHIFT = 8;
  private static final int BYTE = 0xFF;

  private final AtomicLong sign = new AtomicLong();

  // Used by the control thread only.
  private long seen;
  private int kind;
  private long startNanos;
  private boolean isEnding;

  /**
   * Shows the wanted answer in one position until {@link #end}, for whole periods. Any thread.
   *
   * @param ledMask one bit for each LED
   */
  void teach(int row, int wanted, int ledMask) {
    put(ledMask << LEDS_SHIFT | wanted << WANTED_SHIFT | row << ROW_SHIFT | TEACHING);
  }

  /** Shows three flashes, in any position. Any thread. */
  void refuse(int ledMask) {
    put(ledMask << LEDS_SHIFT | REFUSED);
  }

  private void put(int newSign) {
    long old = sign.get();
    while (!sign.weakCompareAndSetVolatile(old, next(old, newSign))) {
      old = sign.get();
    }
  }

  /** Lets the current period of {@link #teach} be the last. Any thread. */
  void end() {
    long old = sign.get();
    while ((old & BYTE) == TEACHING
        && !sign.weakCompareAndSetVolatile(old, next(old, ((int) old & ~BYTE) | ENDING))) {
      old = sign.get();
    }
  }

  private static long next(long old, int newSign) {
    return (((old >>> NUMBER_SHIFT) + 1) << NUMBER_SHIFT) | (newSign & 0xFFFF_FFFFL);
  }

  /**
   * Returns what the LEDs show.
   *
   * @param answer of the network; 0 if none answers
   * @param row position of the switches
   */
  int show(int answer, int row, long nowNanos) {
    long now = sign.getAcquire();
    if (number(now) != number(seen)) {
      begin(now, nowNanos);
    }
    return switch (kind) {
      case TEACHING -> teaching(answer, row, nowNanos);
      case REFUSED -> refused(answer, nowNanos);
      default -> answer;
    };
  }

  private int teaching(int answer, int row, long nowNanos) {
    long passedNanos = nowNanos - startNanos;
    if (isEnding && passedNanos >= PERIOD_NANOS) {
      kind = OVER;
      return answer;
    }
    startNanos += passedNanos / PERIOD_NANOS * PERIOD_NANOS;
    if (row != field(ROW_SHIFT)) {
      return answer;
    }
    return isFlash(nowNanos) ? field(WANTED_SHIFT) ^ field(LEDS_SHIFT) : field(WANTED_SHIFT);
  }

  private int refused(int answer, long nowNanos) {
    long part = (nowNanos - startNanos) / REFUSAL_FLASH_NANOS;
    if (part >= 2 * REFUSAL_FLASHES) {
      kind = OVER;
      return answer;
    }
    return part % 2 == 0 ? answer ^ field(LEDS_SHIFT) : answer;
  }

  private static long number(long sign) {
    return sign >>> NUMBER_SHIFT;
  }

  /** Returns a byte of the sign. */
  private int field(int shift) {
    return (int) (seen >>> shift) & BYTE;
  }

  private void begin(long now, long nowNanos) {
    int newKind = (int) now & BYTE;
    isEnding = newKind == ENDING;
    boolean isShown = isEnding && kind == TEACHING && number(now) - number(seen) == 1;
    seen = now;
    kind = isEnding ? TEACHING : newKind;
    if (!isShown) {
      startNanos = nowNanos;
    }
  }

  private boolean isFlash(long nowNanos) {
    return nowNanos - startNanos < FLASH_NANOS;
  }

  /** Returns the time until {@link #show} returns something else, by itself. */
  long remainingNanos(long nowNanos) {
    long passedNanos = nowNanos - startNanos;
    return switch (kind) {
      case TEACHING -> (isFlash(nowNanos) ? FLASH_NANOS : PERIOD_NANOS) - passedNanos;
      case REFUSED -> REFUSAL_FLASH_NANOS - passedNanos % REFUSAL_FLASH_NANOS;
      default -> Debouncer.NONE_PENDING;
    };
  }
}
