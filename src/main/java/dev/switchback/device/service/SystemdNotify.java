package dev.switchback.device.service;

import dev.switchback.PrintableText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * systemd's side of a service, by its protocol of datagrams: {@code sd_notify(3)}. Java has no such
 * sockets, so this asks libc. A message that cannot be delivered is no reason to stop: nothing here
 * throws, and only the first is told of. Any thread.
 */
public final class SystemdNotify implements ServiceWatch.Supervisor {
  private static final String SOCKET_VARIABLE = "NOTIFY_SOCKET";

  private static final String PERIOD_VARIABLE = "WATCHDOG_USEC";
  private static final String PROCESS_VARIABLE = "WATCHDOG_PID";

  private final String address;
  private final long periodNanos;
  private final Consumer<String> trouble;
  private @Nullable UnixDatagramSocket socket;
  private boolean failed;

  /**
   * Reads what systemd put into the environment; opens nothing before the first message.
   *
   * @param processId of this process: systemd may watch another one
   * @param trouble takes what is wrong, once
   */
  public SystemdNotify(Map<String, String> environment, long processId, Consumer<String> trouble) {
    this.trouble = trouble;
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
      fail(PERIOD_VARIABLE + "=" + micros + " is no number of microseconds; nothing is watched");
      return 0;
    }
  }

  /** Whether systemd started this process and waits for its messages. */
  public static boolean isAwaited() {
    return System.getenv(SOCKET_VARIABLE) != null;
  }

  @Override
  public long periodNanos() {
    return periodNanos;
  }

  /** The message has a field that systemd passes over, for who measures a start. */
  @Override
  public void ready(long sinceNanos) {
    send("READY=1\nX_FIRST_ANSWER_USEC=" + sinceNanos / 1000);
  }

  @Override
  public void feed() {
    send("WATCHDOG=1");
  }

  /** On one line. */
  @Override
  public void tell(String status) {
    send("STATUS=" + PrintableText.of(status));
  }

  /** Why there is no device, and who knows what mends it; shown until the next start. */
  public void cannotStart(String reason) {
    tell(
        "cannot start: "
            + reason.lines().findFirst().orElse("no reason given")
            + "; what mends it: sudo switchback doctor");
  }

  /** The device ends on purpose. */
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
      trouble.accept(what);
    }
  }
}
