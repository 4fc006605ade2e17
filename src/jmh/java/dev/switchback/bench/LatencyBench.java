package dev.switchback.bench;

import com.sun.management.ThreadMXBean;
import dev.switchback.SystemClock;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.Trainer;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.Wiring;
import dev.switchback.device.board.pi4j.SimulatedBoard;
import dev.switchback.device.control.ControlLoop;
import dev.switchback.device.control.ModelSlot;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Measures how long the LED takes to follow a switch, beyond the debounce period: from just before
 * the mock's level changes to just after the LED is written. The real loop runs on its own thread
 * and the system clock, on the simulated board. Also measures a bare tick.
 *
 * <pre>
 *   LatencyBench [--flips N] [--json]
 * </pre>
 */
public final class LatencyBench {
  private static final int WARM_UP_FLIPS = 500;
  private static final int WARM_UP_TICKS = 200_000;
  private static final int TICKS = 2_000_000;
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private LatencyBench() {}

  private record Latency(long debounceNanos, Histogram nanos) {}

  private record Ticks(double perSecond, double bytesEach) {}

  public static void main(String[] args) throws InterruptedException {
    List<String> options = List.of(args);
    int flips = 2000;
    int at = options.indexOf("--flips");
    if (at >= 0) {
      flips = Integer.parseInt(options.get(at + 1));
    }
    List<Latency> latencies = new ArrayList<>();
    for (long debounceMillis : new long[] {0, 5}) {
      latencies.add(flip(TimeUnit.MILLISECONDS.toNanos(debounceMillis), flips));
    }
    Ticks ticks = tick();
    System.out.println(
        options.contains("--json") ? json(latencies, ticks) : table(latencies, ticks));
  }

  private static Latency flip(long debounceNanos, int flips) throws InterruptedException {
    Histogram histogram = new Histogram(TIMEOUT_NANOS, 3);
    SplittableRandom random = new SplittableRandom(1);
    try (StampedBoard board = new StampedBoard(SimulatedBoard.open(Wiring.DEFAULT))) {
      ModelSlot slot = new ModelSlot();
      slot.publish(xor());
      ControlLoop loop = new ControlLoop(new SystemClock(), board, slot, debounceNanos);
      Thread thread = new Thread(loop, "control");
      thread.start();
      boolean[] levels = new boolean[2];
      for (int flip = -WARM_UP_FLIPS; flip < flips; flip++) {
        // Starts at any phase of the idle period, with the loop asleep.
        LockSupport.parkNanos(random.nextLong(200_000, 6_000_000));
        int index = random.nextInt(2);
        levels[index] ^= true;
        long writtenBefore = board.writtenAtNanos;
        long start = System.nanoTime();
        board.simulated.setSwitch(index, levels[index]);
        while (board.writtenAtNanos == writtenBefore) {
          if (System.nanoTime() - start > TIMEOUT_NANOS) {
            throw new IllegalStateException("no answer: " + loop.outage());
          }
          // Sleeps, so that the loop need not wait for this thread's processor.
          LockSupport.parkNanos(TIMEOUT_NANOS);
        }
        if (flip >= 0) {
          histogram.recordValue(Math.max(0, board.writtenAtNanos - start - debounceNanos));
        }
      }
      loop.stop();
      thread.join();
    }
    return new Latency(debounceNanos, histogram);
  }

  /** Returns the trained network of the device. */
  private static Model xor() {
    Topology topology = Topology.parse("2-2-1", Activation.SIGMOID);
    Recipe recipe = NamedRecipe.DEVICE.recipe(topology, TruthTable.XOR);
    Samples samples = Samples.of(TruthTable.XOR, topology);
    Trainer trainer = new Trainer(recipe, Engine.FLOAT.learner(recipe, samples), 1, null);
    while (trainer.step()) {}
    return Engine.FLOAT.model(trainer.result());
  }

  private static Ticks tick() {
    try (SimulatedBoard board = SimulatedBoard.open(Wiring.DEFAULT)) {
      ModelSlot slot = new ModelSlot();
      slot.publish(xor());
      ControlLoop loop = new ControlLoop(new SystemClock(), board, slot, 0);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      for (int i = 0; i < WARM_UP_TICKS; i++) {
        loop.tick(i);
      }
      long bytes = threads.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      for (int i = 0; i < TICKS; i++) {
        loop.tick(i);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
      return new Ticks(TICKS / seconds, (double) bytes / TICKS);
    }
  }

  private static String table(List<Latency> latencies, Ticks ticks) {
    StringBuilder text = new StringBuilder();
    text.append("switch to LED beyond the debounce period, microseconds\n");
    text.append(" debounce  flips     p50     p99   p99.9     max\n");
    for (Latency latency : latencies) {
      Histogram h = latency.nanos();
      text.append(
          String.format(
              Locale.ROOT,
              "%6d ms %6d %7.1f %7.1f %7.1f %7.1f%n",
              TimeUnit.NANOSECONDS.toMillis(latency.debounceNanos()),
              h.getTotalCount(),
              micros(h, 50),
              micros(h, 99),
              micros(h, 99.9),
              micros(h, 100)));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "bare tick on the simulated board: %.2f million per second, %.4f bytes each",
            ticks.perSecond() / 1e6,
            ticks.bytesEach()));
    return text.toString();
  }

  private static String json(List<Latency> latencies, Ticks ticks) {
    StringBuilder text = new StringBuilder("{\"schemaVersion\":1,\"latencyMicros\":[");
    for (Latency latency : latencies) {
      Histogram h = latency.nanos();
      text.append(text.charAt(text.length() - 1) == '[' ? "" : ",")
          .append(
              String.format(
                  Locale.ROOT,
                  "{\"debounceMillis\":%d,\"flips\":%d,\"p50\":%.1f,\"p99\":%.1f,\"p999\":%.1f,"
                      + "\"max\":%.1f}",
                  TimeUnit.NANOSECONDS.toMillis(latency.debounceNanos()),
                  h.getTotalCount(),
                  micros(h, 50),
                  micros(h, 99),
                  micros(h, 99.9),
                  micros(h, 100)));
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "],\"ticksPerSecond\":%.0f,\"bytesPerTick\":%.4f}",
                ticks.perSecond(),
                ticks.bytesEach()))
        .toString();
  }

  private static double micros(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e3;
  }

  /** Records when the LED is written. */
  private static final class StampedBoard implements Board {
    private final SimulatedBoard simulated;
    private final Thread flipper = Thread.currentThread();
    private volatile long writtenAtNanos;

    private StampedBoard(SimulatedBoard simulated) {
      this.simulated = simulated;
    }

    @Override
    public int switches() {
      return simulated.switches();
    }

    @Override
    public int buttons() {
      return simulated.buttons();
    }

    @Override
    public int readSwitches() {
      return simulated.readSwitches();
    }

    @Override
    public void setLeds(int lit) {
      simulated.setLeds(lit);
      writtenAtNanos = System.nanoTime();
      LockSupport.unpark(flipper);
    }

    @Override
    public void onEdge(Runnable wake) {
      simulated.onEdge(wake);
    }

    @Override
    public boolean hasEdges() {
      return simulated.hasEdges();
    }

    @Override
    public void close() {
      simulated.close();
    }
  }
}
