package dev.switchback.tools.cli.line;

import dev.switchback.StandardStream;
import dev.switchback.tools.client.DeviceClient;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code switchback status}: shows the status of a device. */
@Command(
    name = "status",
    description =
        "Shows the status of a device: switches, LED, truth table, slots, training, counters.")
public final class StatusCommand extends DeviceCommand {
  private static final long WATCH_PERIOD_NANOS = 1_000_000_000;

  /** Checks of the window size per period. */
  private static final int SIZE_CHECKS = 5;

  @Option(
      names = "--watch",
      description = {
        "Refresh every second, until Ctrl-C. If standard output is not a terminal, print only"
            + " changes."
      })
  private boolean isWatched;

  @Option(
      names = "--json",
      description = "Print one JSON object; with --watch, one per second and line.")
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
   * Prints until the process ends, the device is gone, or the output is closed.
   *
   * @return the last report
   */
  private DeviceReport watch(DeviceClient device) throws IOException {
    if (!json && StandardStream.OUTPUT.isTerminal()) {
      try (WatchScreen screen = new WatchScreen(out())) {
        return watch(device, screen);
      }
    }
    List<String> shown = List.of();
    while (true) {
      DeviceReport report = DeviceReport.of(device);
      if (json || !report.news().equals(shown)) {
        if (!json && !shown.isEmpty()) {
          out().println();
        }
        print(json, report);
        shown = report.news();
      }
      if (out().checkError()) {
        return report;
      }
      clock().await(WATCH_PERIOD_NANOS);
    }
  }

  private DeviceReport watch(DeviceClient device, WatchScreen screen) throws IOException {
    while (true) {
      DeviceReport report = DeviceReport.of(device);
      screen.show(report.lines());
      if (out().checkError()) {
        return report;
      }
      StandardStream.Size window = StandardStream.OUTPUT.size();
      for (int check = 0; check < SIZE_CHECKS; check++) {
        clock().await(WATCH_PERIOD_NANOS / SIZE_CHECKS);
        StandardStream.Size now = StandardStream.OUTPUT.size();
        if (!now.equals(window)) {
          window = now;
          screen.paint(window);
        }
      }
    }
  }
}
