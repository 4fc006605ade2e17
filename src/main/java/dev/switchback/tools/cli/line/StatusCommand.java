package dev.switchback.tools.cli.line;

import dev.switchback.StandardStream;
import dev.switchback.tools.client.DeviceClient;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code switchback status}: what a device does. */
@Command(
    name = "status",
    description = "Shows a device: switches and LED, truth table, slots, training, counters.")
public final class StatusCommand extends DeviceCommand {
  private static final long WATCH_PERIOD_NANOS = 1_000_000_000;

  /** How often a window may have changed meanwhile. */
  private static final int WATCH_LOOKS = 5;

  @Option(
      names = "--watch",
      description = {
        "Show it again every second, until Ctrl-C. Where standard output is no terminal: when it"
            + " changes."
      })
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
    if (!json && StandardStream.OUTPUT.isTerminal()) {
      try (WatchScreen screen = new WatchScreen(out())) {
        return watch(device, screen);
      }
    }
    List<String> told = List.of();
    while (true) {
      DeviceReport report = DeviceReport.of(device);
      if (json || !report.news().equals(told)) {
        if (!json && !told.isEmpty()) {
          out().println();
        }
        print(json, report);
        told = report.news();
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
      for (int look = 0; look < WATCH_LOOKS; look++) {
        clock().await(WATCH_PERIOD_NANOS / WATCH_LOOKS);
        StandardStream.Size now = StandardStream.OUTPUT.size();
        if (!now.equals(window)) {
          window = now;
          screen.paint(window);
        }
      }
    }
  }
}
