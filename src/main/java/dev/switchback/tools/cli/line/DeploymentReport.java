package dev.switchback.tools.cli.line;

import dev.switchback.format.WeightImage;
import dev.switchback.tools.client.DeploymentListener;
import dev.switchback.tools.client.DeploymentStep;
import dev.switchback.wire.Port;
import java.io.PrintWriter;
import java.util.Locale;

/** Tells of a deployment on standard error: a line per step, and how far the upload is. */
final class DeploymentReport implements DeploymentListener {
  private final PrintWriter err;
  private TransferLine transfer;

  DeploymentReport(PrintWriter err) {
    this.err = err;
    this.transfer = new TransferLine("", err);
  }

  void announce(WeightImage image, Port port) {
    err.println(
        String.format(
            Locale.ROOT,
            "image %s, %s, %,d bytes, SHA-256 %s, to %s",
            image.version(),
            image.topology(),
            image.bytes().length,
            image.hashText().substring(0, 8),
            port));
  }

  @Override
  public void began(DeploymentStep step) {
    transfer.close();
    transfer = new TransferLine(step.text(), err);
    err.println(step.text());
  }

  @Override
  public void moved(long bytes, long total) {
    transfer.moved(bytes, total);
  }

  /** Leaves a terminal's line to what comes next. */
  void close() {
    transfer.close();
  }
}
