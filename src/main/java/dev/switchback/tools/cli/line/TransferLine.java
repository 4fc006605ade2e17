package dev.switchback.tools.cli.line;

import dev.switchback.ProgressLine;
import dev.switchback.tools.client.DeploymentStep;
import dev.switchback.tools.client.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Shows the progress of a transfer on standard error, see {@link ProgressLine}. Each step of a
 * deployment has its own line.
 */
final class TransferLine implements Progress {
  private static final int BAR_CELLS = 12;

  private final PrintWriter err;
  private String what;
  private ProgressLine line;
  private long firstBytes = -1;
  private double firstSeconds;

  TransferLine(String what, PrintWriter err) {
    this.err = err;
    this.what = what;
    this.line = new ProgressLine(err);
  }

  @Override
  public void began(DeploymentStep step) {
    close();
    what = step.text();
    line = new ProgressLine(err);
    firstBytes = -1;
    err.println(what);
  }

  /** The first call sets the start, which is not 0 if an interrupted transfer resumes. */
  @Override
  public void moved(long bytes, long total) {
    double seconds = line.elapsedSeconds();
    if (firstBytes < 0) {
      firstBytes = bytes;
      firstSeconds = seconds;
    }
    line.update(() -> text(what, bytes, total, bytes - firstBytes, seconds - firstSeconds));
  }

  /** Ends the progress line. */
  void close() {
    line.close();
  }

  /**
   * Returns text such as {@code upload [######......] 25 %, 10,000 of 40,000 bytes, 10.8 kB/s, 2.8
   * s left}.
   *
   * @param timedBytes bytes transferred in these seconds; 0 while unknown
   */
  static String text(String what, long bytes, long total, long timedBytes, double seconds) {
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
