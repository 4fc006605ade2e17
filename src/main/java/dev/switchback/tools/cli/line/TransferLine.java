package dev.switchback.tools.cli.line;

import dev.switchback.ProgressLine;
import dev.switchback.tools.client.Progress;
import java.io.PrintWriter;

/** Shows one transfer on standard error; see {@link ProgressLine}. */
final class TransferLine implements Progress {
  private final String what;
  private final ProgressLine line;
  private long firstBytes = -1;
  private double firstSeconds;

  TransferLine(String what, PrintWriter err) {
    this.what = what;
    this.line = new ProgressLine(err);
  }

  /** The first tells where it begins, perhaps behind what came before a cut. */
  @Override
  public void moved(long bytes, long total) {
    double seconds = line.elapsedSeconds();
    if (firstBytes < 0) {
      firstBytes = bytes;
      firstSeconds = seconds;
    }
    line.update(
        () -> TransferText.of(what, bytes, total, bytes - firstBytes, seconds - firstSeconds));
  }

  void close() {
    line.close();
  }
}
