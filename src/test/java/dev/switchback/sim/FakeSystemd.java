package dev.switchback.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Simulates systemd for a service of {@code Type=notify}: receives its messages, and after READY
 * kills it with SIGABRT if {@code WATCHDOG=1} does not arrive in time. Stricter than systemd:
 * unknown fields, a second READY, and WATCHDOG before READY or without a watchdog fail the test.
 * Not thread-safe.
 */
public final class FakeSystemd implements AutoCloseable {
  /** Exit code of a process killed by SIGABRT. */
  public static final int ABORTED = 134;

  private static final int LIMIT_MILLIS = 30_000;
  private static final int STEP_MILLIS = 10;
  private static final Set<String> FIELDS = Set.of("READY", "STATUS", "WATCHDOG", "STOPPING");

  private final DatagramReceiver socket;
  private final Process process;
  private final Path journal;
  private final long watchdogMillis;
  private final List<String> messages = new ArrayList<>();
  private long fedMillis;
  private boolean ready;

  private FakeSystemd(DatagramReceiver socket, Process process, Path journal, long watchdogMillis) {
    this.socket = socket;
    this.process = process;
    this.journal = journal;
    this.watchdogMillis = watchdogMillis;
  }

  /**
   * Starts a service.
   *
   * @param directory runtime directory of the service, also for its socket and output
   * @param watchdogMillis watchdog timeout; 0 for none
   */
  public static FakeSystemd start(Path directory, long watchdogMillis, List<String> command)
      throws IOException {
    Path path = directory.resolve("notify");
    Files.deleteIfExists(path);
    DatagramReceiver socket = DatagramReceiver.bind(path.toString());
    Path journal = directory.resolve("journal");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(journal.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("NOTIFY_SOCKET", path.toString());
    environment.put("RUNTIME_DIRECTORY", directory.toString());
    if (watchdogMillis > 0) {
      environment.put("WATCHDOG_USEC", String.valueOf(watchdogMillis * 1000));
    }
    return new FakeSystemd(socket, builder.start(), journal, watchdogMillis);
  }

  /** Waits for a line with this prefix and returns it. */
  public String await(String begin) throws IOException {
    for (int waited = 0; waited < LIMIT_MILLIS; waited += STEP_MILLIS) {
      String line = step();
      if (line.startsWith(begin)) {
        return line;
      }
      if (!process.isAlive() && line.isEmpty()) {
        break;
      }
    }
    throw new AssertionError("no " + begin + " after " + messages + ", journal: " + journal());
  }

  /** Waits for the process to end and returns its exit code. */
  public int awaitEnd() throws IOException {
    for (int waited = 0; process.isAlive() && waited < LIMIT_MILLIS; waited += STEP_MILLIS) {
      step();
    }
    if (process.isAlive()) {
      throw new AssertionError("it does not end, journal: " + journal());
    }
    while (!step().isEmpty()) {
      // Receives what it sent just before its end.
    }
    return process.exitValue();
  }

  private String step() throws IOException {
    String datagram = socket.receive(STEP_MILLIS);
    long nowMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    String first = "";
    if (datagram != null) {
      for (String line : datagram.split("\n", -1)) {
        first = first.isEmpty() ? line : first;
        take(line, nowMillis);
      }
    }
    if (ready && watchdogMillis > 0 && nowMillis - fedMillis > watchdogMillis) {
      fedMillis = Long.MAX_VALUE;
      signal("ABRT");
    }
    return first;
  }

  private void take(String line, long nowMillis) {
    String field = line.substring(0, Math.max(0, line.indexOf('=')));
    require(field.startsWith("X_") || FIELDS.contains(field), "unknown: " + line);
    if (field.equals("READY")) {
      require(!ready, "READY twice");
      ready = true;
      fedMillis = nowMillis;
    }
    if (field.equals("WATCHDOG")) {
      require(ready && watchdogMillis > 0, "unexpected WATCHDOG");
      fedMillis = nowMillis;
    }
    messages.add(line);
  }

  private void require(boolean fine, String what) {
    if (!fine) {
      throw new AssertionError(what + ", after " + messages);
    }
  }

  /** Returns all lines so far, oldest first. */
  public List<String> messages() {
    return List.copyOf(messages);
  }

  /** Returns the lines of its standard output and error. */
  public List<String> journal() throws IOException {
    return Files.readAllLines(journal);
  }

  public long processId() {
    return process.pid();
  }

  /** Sends the signal with this name. */
  public void signal(String name) throws IOException {
    Signal.send(name, process.pid());
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    socket.close();
  }
}
