package dev.switchback.tools.doctor;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks power, time and the service manager. */
final class SystemChecks {
  private static final String UNIT = "switchback.service";

  /** Longest timeout of the watchdog hardware of a Raspberry Pi. */
  private static final int MAX_WATCHDOG_SECONDS = 15;

  private static final Pattern TIME_PART = Pattern.compile("([0-9]+)(us|ms|s|min|h)");
  private static final Pattern THROTTLED = Pattern.compile("throttled=0x([0-9a-fA-F]{1,8})");
  private static final int NOW = 0xF;
  private static final int UNDER_VOLTAGE = 0x10001;

  private SystemChecks() {}

  /** A longer timeout resets the board before the system is up. */
  static Finding watchdog(Subject subject) {
    ProgramOutput shown =
        subject.machine().run("systemctl", "show", "--property=RuntimeWatchdogUSec", "--value");
    if (!shown.hasWorked()) {
      return Finding.skip(shown.line());
    }
    long seconds = seconds(shown.line());
    String hardware = subject.machine().textOrNothing("/sys/class/watchdog/watchdog0/identity");
    String name = hardware.isEmpty() ? "the hardware watchdog" : hardware;
    if (seconds == 0) {
      return Finding.pass(name + " is not used by the system, which is the default");
    }
    String seen = name + " is fed every " + shown.line() + " by the system";
    return seconds <= MAX_WATCHDOG_SECONDS || !subject.isRaspberryPi()
        ? Finding.pass(seen)
        : Finding.fail(
            seen + "; a Raspberry Pi counts to " + MAX_WATCHDOG_SECONDS + " s at most",
            "printf '[Manager]\\nRuntimeWatchdogSec=14\\n'"
                + " | sudo tee /etc/systemd/system.conf.d/99-watchdog.conf && sudo reboot");
  }

  /** Parses a time of systemd, such as {@code 1min 30s}, and rounds it up; 0 if there is none. */
  static long seconds(String time) {
    long micros = 0;
    Matcher part = TIME_PART.matcher(time);
    while (part.find()) {
      long unit =
          switch (part.group(2)) {
            case "us" -> 1;
            case "ms" -> 1000;
            case "s" -> 1_000_000;
            case "min" -> 60_000_000;
            default -> 3_600_000_000L;
          };
      micros += Long.parseLong(part.group(1)) * unit;
    }
    return (micros + 999_999) / 1_000_000;
  }

  static Finding power(Subject subject) {
    if (!subject.isRaspberryPi()) {
      return Finding.skip("only the firmware of a Raspberry Pi tells");
    }
    ProgramOutput shown = subject.machine().run("vcgencmd", "get_throttled");
    Matcher bits = THROTTLED.matcher(shown.text());
    if (!bits.find()) {
      return Finding.unseen("vcgencmd: " + shown.line(), "sudo vcgencmd get_throttled");
    }
    int flags = Integer.parseUnsignedInt(bits.group(1), 16);
    if (flags == 0) {
      return Finding.pass("neither under-voltage nor throttling since the start");
    }
    String when = (flags & NOW) != 0 ? " now" : " since the start";
    return (flags & UNDER_VOLTAGE) != 0
        ? Finding.warn("under-voltage" + when, "take the power supply and the cable of the board")
        : Finding.warn("throttled for heat" + when, "vcgencmd measure_temp");
  }

  static Finding clock(Subject subject) {
    Machine machine = subject.machine();
    if (machine.has("/run/systemd/timesync/synchronized")) {
      return Finding.pass("set from the network");
    }
    ProgramOutput shown =
        machine.run("timedatectl", "show", "--property=NTPSynchronized", "--value");
    if (!shown.hasWorked()) {
      return Finding.skip(shown.line());
    }
    return shown.line().equals("yes")
        ? Finding.pass("set from the network")
        : Finding.warn(
            "not set from the network: times in the log may be wrong, nothing else",
            "sudo timedatectl set-ntp true");
  }

  static Finding service(Subject subject) {
    ProgramOutput shown =
        subject
            .machine()
            .run(
                "systemctl",
                "show",
                UNIT,
                "--property=LoadState,ActiveState,NRestarts,Result,StatusText");
    if (!shown.hasWorked()) {
      return Finding.skip(shown.line());
    }
    Map<String, String> fields =
        shown
            .text()
            .lines()
            .filter(line -> line.contains("="))
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(field -> field[0], field -> field[1]));
    return fields.getOrDefault("LoadState", "not-found").equals("not-found")
        ? Finding.skip("not installed as a service")
        : service(fields);
  }

  private static Finding service(Map<String, String> fields) {
    String state = fields.getOrDefault("ActiveState", "");
    String restarts = fields.getOrDefault("NRestarts", "0");
    String status = fields.getOrDefault("StatusText", "");
    String seen = state + (status.isEmpty() ? "" : ": " + status);
    String log = "journalctl -u switchback -n 50";
    return switch (state) {
      case "active", "reloading" ->
          restarts.equals("0")
              ? Finding.pass(seen)
              : Finding.warn(seen + "; restarted " + restarts + " times", log);
      case "inactive", "deactivating" ->
          Finding.warn(seen, "sudo systemctl enable --now switchback");
      default ->
          Finding.fail(
              seen
                  + "; "
                  + fields.getOrDefault("Result", "")
                  + ", restarted "
                  + restarts
                  + " times",
              log);
    };
  }
}
