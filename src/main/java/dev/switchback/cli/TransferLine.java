package dev.switchback.cli;

import dev.switchback.laptop.Progress;
import java.io.PrintWriter;

/** Shows one transfer on standard error; see {@link ProgressLine}. */
final class TransferLine implements Progress {
  private final String what;
  private final ProgressLine line;
  private long firstBytes = -1;

  TransferLine(String what, PrintWriter err) {
    this.what = what;
    this.line = new ProgressLine(err);
  }

  @Override
  public void moved(long bytes, long total) {
    if (firstBytes < 0) {
      firstBytes = bytes;
    }
    line.update(
        () -> TransferText.of(what, bytes, total, bytes - firstBytes, line.elapsedSeconds()));
  }

  void close() {
    line.close();
  }
}
