package dev.switchback.tools.cli.line;

import dev.switchback.ProgressLine;
import dev.switchback.tools.client.DeviceClient;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code switchback status}: what a device does. */
@Command(
    name = "status",
    description = "Shows a device: switches and LED, truth table, slots, training, counters.")
public final class StatusCommand extends DeviceCommand {
  private static final long WATCH_PERIOD_NANOS = 1_000_000_000;

  /** Cursor home, each line's rest and what is below cleared: steadier than an empty screen. */
  private static final String HOME = "\033[H";

  private static final String CLEAR_LINE = "\033[K";
  private static final String CLEAR_BELOW = "\033[J";
  private static final String CLEAR_SCREEN = "\033[2J";

  @Option(names = "--watch", description = "Show it again every second, until Ctrl-C.")
  private boolean isWatched;

  @Option(
      names = "--json",
      description = "Print one JSON object; with --watch one per second, each on a line.")
  private boolean json;

  @Override
  protected void run() throws Exception {
    if (isWatched) {
      ask(this::watch);
    } else {
      print(json, ask(DeviceReport::of));
    }
  }

  /**
   * Until the process is ended, the device is gone, or nobody takes what is printed.
   *
   * @return what was printed last
   */
  private DeviceReport watch(DeviceClient device) throws IOException {
    boolean inPlace = !json && ProgressLine.isTerminal();
    if (inPlace) {
      out().print(CLEAR_SCREEN);
    }
    while (true) {
      DeviceReport report = DeviceReport.of(device);
      if (inPlace) {
        paint(report);
      } else {
        print(json, report);
      }
      if (out().checkError()) {
        return report;
      }
      clock().await(WATCH_PERIOD_NANOS);
    }
  }

  private void paint(DeviceReport report) throws IOException {
    out().print(HOME);
    report.lines().forEach(line -> out().println(line + CLEAR_LINE));
    out().print(CLEAR_BELOW);
    out().flush();
  }
}
