package dev.switchback.device.service;

import dev.switchback.PrintableText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends notifications to systemd, by the datagrams of {@code sd_notify(3)}. Java has no datagram
 * UNIX sockets, so this calls libc. A message that cannot be delivered does not stop the device:
 * nothing here throws, and only the first failure is reported. Any thread.
 */
public final class SystemdNotify implements ServiceWatch.Supervisor {
  static final String SOCKET_VARIABLE = "NOTIFY_SOCKET";

  private static final String PERIOD_VARIABLE = "WATCHDOG_USEC";
  private static final String PROCESS_VARIABLE = "WATCHDOG_PID";

  private final String address;
  private final long periodNanos;
  private final Consumer<String> problem;
  private @Nullable UnixDatagramSocket socket;
  private boolean failed;

  /**
   * Reads systemd's environment variables; the socket is opened with the first message.
   *
   * @param processId of this process; systemd may watch another one
   * @param problem receives the first failure
   */
  public SystemdNotify(Map<String, String> environment, long processId, Consumer<String> problem) {
    this.problem = problem;
    this.address = environment.getOrDefault(SOCKET_VARIABLE, "");
    this.periodNanos = period(environment, String.valueOf(processId));
  }

  private long period(Map<String, String> environment, String processId) {
    String micros = environment.getOrDefault(PERIOD_VARIABLE, "0");
    if (!environment.getOrDefault(PROCESS_VARIABLE, processId).equals(processId)) {
      return 0;
    }
    try {
      return Math.multiplyExact(Long.parseUnsignedLong(micros), 1000L);
    } catch (NumberFormatException | ArithmeticException e) {
      fail(
          PERIOD_VARIABLE + "=" + micros + " is not a number of microseconds; the watchdog is off");
      return 0;
    }
  }

  /** Whether systemd started this process and expects notifications. */
  public static boolean isAvailable() {
    return System.getenv(SOCKET_VARIABLE) != null;
  }

  @Override
  public long periodNanos() {
    return periodNanos;
  }

  /** The message has an extra field, which systemd ignores, for measuring the start. */
  @Override
  public void ready(long sinceNanos) {
    send("READY=1\nX_FIRST_ANSWER_USEC=" + sinceNanos / 1000);
  }

  @Override
  public void feed() {
    send("WATCHDOG=1");
  }

  @Override
  public void reportStatus(String status) {
    send("STATUS=" + PrintableText.of(status));
  }

  /** Reports why the start failed, and how to find the fix. Shown until the next start. */
  public void cannotStart(String reason) {
    reportStatus(
        "cannot start: "
            + reason.lines().findFirst().orElse("no reason given")
            + "; to fix it: sudo switchback doctor");
  }

  /** Reports that the device stops on purpose. */
  void stopping() {
    send("STOPPING=1");
  }

  private synchronized void send(String message) {
    try {
      UnixDatagramSocket open = socket;
      if (open == null) {
        open = UnixDatagramSocket.open(address);
        socket = open;
      }
      open.send(message.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      fail(SOCKET_VARIABLE + "=" + address + ": " + e.getMessage());
    }
  }

  private void fail(String what) {
    if (!failed) {
      failed = true;
      problem.accept(what);
    }
  }
}
