package dev.switchback.cli;

import java.util.Locale;

/** How far a transfer is, in one line. */
final class TransferText {
  private static final int BAR_CELLS = 24;

  private TransferText() {}

  /**
   * Such as {@code upload [######......] 25 %, 10,000 of 40,000 bytes, 10.8 kB/s, 2.8 s left}.
   *
   * @param sentBytes in these seconds; fewer than {@code bytes} where a transfer goes on after a
   *     cut
   */
  static String of(String what, long bytes, long total, long sentBytes, double seconds) {
    double rate = seconds > 0 ? sentBytes / seconds : 0;
    int cells = total == 0 ? BAR_CELLS : (int) (bytes * BAR_CELLS / total);
    String line =
        String.format(
            Locale.ROOT,
            "%s [%s%s] %d %%, %,d of %,d bytes, %.1f kB/s",
            what,
            "#".repeat(cells),
            ".".repeat(BAR_CELLS - cells),
            total == 0 ? 100 : bytes * 100 / total,
            bytes,
            total,
            rate / 1000);
    return rate > 0
        ? line + String.format(Locale.ROOT, ", %.1f s left", (total - bytes) / rate)
        : line;
  }
}
