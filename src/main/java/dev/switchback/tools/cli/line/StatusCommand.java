package dev.switchback.tools.cli.line;

import dev.switchback.ExitCode;
import dev.switchback.ProgressLine;
import dev.switchback.tools.cli.JsonOutput;
import dev.switchback.tools.client.DeviceClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code switchback status}: what a device does. */
@Command(
    name = "status",
    description = "Shows a device: switches and LED, truth table, slots, training, counters.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class StatusCommand implements Callable<Integer> {
  private static final long WATCH_PERIOD_NANOS = 1_000_000_000;

  /** Cursor home, each line's rest and what is below cleared: steadier than an empty screen. */
  private static final String HOME = "\033[H";

  private static final String CLEAR_LINE = "\033[K";
  private static final String CLEAR_BELOW = "\033[J";
  private static final String CLEAR_SCREEN = "\033[2J";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DeviceOptions options = new DeviceOptions();

  @Option(names = "--watch", description = "Show it again every second, until Ctrl-C.")
  private boolean isWatched;

  @Option(
      names = "--json",
      description = "Print one JSON object; with --watch one per second, each on a line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return options.ask(device -> {
      if (isWatched) {
        watch(device);
      } else {
        show(DeviceReport.of(device), "");
      }
      return ExitCode.OK;
    });
  }

  /** Until the process is ended, the device is gone, or nobody takes what is printed. */
  private void watch(DeviceClient device) throws IOException {
    boolean inPlace = !json && ProgressLine.isTerminal();
    if (inPlace) {
      spec.commandLine().getOut().print(CLEAR_SCREEN);
    }
    while (!spec.commandLine().getOut().checkError()) {
      show(DeviceReport.of(device), inPlace ? CLEAR_LINE : "");
      options.clock().await(WATCH_PERIOD_NANOS);
    }
  }

  /**
   * @param lineEnd empty, or what clears the rest of a line on a terminal that is painted over
   */
  private void show(DeviceReport report, String lineEnd) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(out, report::writeTo);
    } else if (lineEnd.isEmpty()) {
      report.lines().forEach(out::println);
    } else {
      out.print(HOME);
      report.lines().forEach(line -> out.println(line + lineEnd));
      out.print(CLEAR_BELOW);
      out.flush();
    }
  }
}
