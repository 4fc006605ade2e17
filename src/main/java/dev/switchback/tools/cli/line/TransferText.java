package dev.switchback.tools.cli.line;

import java.util.Locale;

/** How far a transfer is, in one line. */
final class TransferText {
  private static final int BAR_CELLS = 24;

  private TransferText() {}

  /**
   * Such as {@code upload [######......] 25 %, 10,000 of 40,000 bytes, 10.8 kB/s, 2.8 s left}.
   *
   * @param timedBytes that took these seconds; 0 while that is not known
   */
  static String of(String what, long bytes, long total, long timedBytes, double seconds) {
    int cells = total == 0 ? BAR_CELLS : (int) (bytes * BAR_CELLS / total);
    String line =
        String.format(
            Locale.ROOT,
            "%s [%s%s] %d %%, %,d of %,d bytes",
            what,
            "#".repeat(cells),
            ".".repeat(BAR_CELLS - cells),
            total == 0 ? 100 : bytes * 100 / total,
            bytes,
            total);
    return timedBytes > 0 ? line + rate(timedBytes / seconds, total - bytes) : line;
  }

  private static String rate(double bytesPerSecond, long bytesLeft) {
    return String.format(
        Locale.ROOT, ", %.1f kB/s, %.1f s left", bytesPerSecond / 1000, bytesLeft / bytesPerSecond);
  }
}
