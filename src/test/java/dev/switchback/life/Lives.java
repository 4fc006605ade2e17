package dev.switchback.life;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Runs many lives on all processors and reports the failures. */
public final class Lives {
  private static final int EVENTS = 1000;
  private static final int MAX_FAILURES = 5;

  private final long firstSeed;
  private final int count;
  private final int maxFailures;
  private final Census census = new Census();
  private final AtomicLong next = new AtomicLong();
  private final AtomicInteger failures = new AtomicInteger();
  private final long startNanos = System.nanoTime();

  private Lives(long firstSeed, int count, int maxFailures) {
    this.maxFailures = maxFailures;
    this.firstSeed = firstSeed;
    this.count = count;
  }

  /**
   * Exits with 1 if a life broke a promise.
   *
   * @param args number of lives, first seed, and optionally the number of failures to stop after
   */
  public static void main(String[] args) throws InterruptedException {
    int failures = args.length > 2 ? Integer.parseInt(args[2]) : MAX_FAILURES;
    Lives lives = new Lives(Long.parseLong(args[1]), Integer.parseInt(args[0]), failures);
    System.exit(lives.live() == 0 ? 0 : 1);
  }

  private int live() throws InterruptedException {
    int threads = Math.min(count, Runtime.getRuntime().availableProcessors());
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        pool.execute(this::liveOn);
      }
      pool.shutdown();
      while (!pool.awaitTermination(10, TimeUnit.SECONDS)) {
        System.err.println(progress());
      }
    }
    System.out.println(progress());
    census
        .kinds()
        .forEach((kind, number) ->
            System.out.printf(Locale.ROOT, "%-24s %,12d%n", label(kind), number.sum()));
    return failures.get();
  }

  private String progress() {
    double seconds = (System.nanoTime() - startNanos) * 1e-9;
    return String.format(
        Locale.ROOT,
        "%,d lives, %,d events, %,d power cuts, %,d of them at the disk, %d broke a promise, %.0f s",
        Math.min(next.get(), count),
        census.events(),
        census.cuts(),
        census.cutsAtTheDisk(),
        failures.get(),
        seconds);
  }

  private void liveOn() {
    for (long i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
      if (failures.get() >= maxFailures) {
        return;
      }
      Life life = Life.of(firstSeed + i, EVENTS);
      Life.End end = life.live(census);
      if (end != null && failures.getAndIncrement() < maxFailures) {
        report(life, end);
      }
    }
  }

  private static synchronized void report(Life life, Life.End end) {
    System.out.printf(
        Locale.ROOT,
        "%nseed %d, event %d: %s%n",
        life.seed(),
        end.events(),
        end.cause().getMessage());
    Life shrunk = life.shrunk(end);
    List<Act> acts = shrunk.acts();
    System.out.println("shortest sequence of events that reproduces it, " + acts.size() + ":");
    shrunk.live(new Census(), System.out);
    System.out.println("then " + acts.getLast());
    end.cause().printStackTrace(System.out);
  }

  private static String label(Act.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
