package dev.switchback.tools.client;

import dev.switchback.Clock;
import dev.switchback.tools.client.LaptopException.Kind;
import dev.switchback.wire.Port;
import dev.switchback.wire.smp.SmpMap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks all ports at once which of them a device is on. */
public final class DeviceFinder {
  private static final long LIMIT_NANOS = 1_500_000_000L;
  private static final int TRIES = 2;
  private static final long PATIENCE_NANOS = 400_000_000L;

  /** A status is about this long, on a line. */
  private static final int ANSWER_BYTES = 2048;

  /** What stands in the way, most probable first, when no device answers. */
  private static final List<Kind> CAUSES =
      List.of(Kind.PERMISSION, Kind.BUSY, Kind.OTHER_DEVICE, Kind.PROTOCOL, Kind.NO_REPLY);

  private final int baud;
  private final Clock clock;

  /** All ports are asked at this rate; only the time is asked of the clock. */
  public DeviceFinder(int baud, Clock clock) {
    this.baud = baud;
    this.clock = clock;
  }

  /**
   * The port that a device is on.
   *
   * @throws LaptopException unless there is exactly one; its message lists what is on each port
   */
  public Port find(List<Port> ports) throws LaptopException {
    List<Probe> probes = probe(ports);
    List<Probe> found = probes.stream().filter(probe -> probe.trouble() == null).toList();
    if (found.size() == 1) {
      return found.getFirst().port();
    }
    if (found.size() > 1) {
      throw new LaptopException(
          Kind.NO_PORT, "several devices answer; choose one with --port:" + listed(found));
    }
    throw none(probes);
  }

  private static LaptopException none(List<Probe> probes) {
    if (probes.isEmpty()) {
      return new LaptopException(
          Kind.NO_PORT, "this machine has no serial port", "is the cable plugged in?", null);
    }
    List<LaptopException> troubles =
        probes.stream().flatMap(probe -> Stream.ofNullable(probe.trouble())).toList();
    if (troubles.size() == 1) {
      return troubles.getFirst();
    }
    Kind cause =
        CAUSES.stream()
            .filter(kind -> troubles.stream().anyMatch(trouble -> trouble.kind() == kind))
            .findFirst()
            .orElse(Kind.NO_PORT);
    return new LaptopException(cause, "no device answers:" + listed(probes));
  }

  private static String listed(List<Probe> probes) {
    return probes.stream()
        .map(probe -> "\n  " + probe.port() + ": " + probe.text())
        .collect(Collectors.joining());
  }

  /**
   * Asks all of them, and gives up after about two seconds.
   *
   * @return one probe per port, in the same order
   */
  public List<Probe> probe(List<Port> ports) throws LaptopException {
    List<Callable<Probe>> tasks = new ArrayList<>();
    ports.forEach(port -> tasks.add(() -> probe(port)));
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("probe").factory());
    try {
      long limit = LIMIT_NANOS + SmpClient.wireNanos(ANSWER_BYTES, baud);
      List<Future<Probe>> futures = threads.invokeAll(tasks, limit, TimeUnit.NANOSECONDS);
      List<Probe> probes = new ArrayList<>();
      for (int i = 0; i < futures.size(); i++) {
        probes.add(result(ports.get(i), futures.get(i)));
      }
      return probes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaptopException(Kind.NO_REPLY, "interrupted while the ports were asked", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Probe result(Port port, Future<Probe> future) throws InterruptedException {
    try {
      return future.get();
    } catch (CancellationException e) {
      return new Probe(
          port, new LaptopException(Kind.NO_REPLY, port + " did not answer in time", e));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Probe probe(Port port) {
    try (DeviceClient device = DeviceClient.open(port, baud, clock, false, TRIES, PATIENCE_NANOS)) {
      SmpMap status = device.status();
      String text =
          DeviceClient.parsed(() ->
              status.text("program") + " on " + status.text("board") + ", " + status.text("state"));
      return new Probe(port, text, null);
    } catch (LaptopException e) {
      return new Probe(port, e);
    }
  }
}
