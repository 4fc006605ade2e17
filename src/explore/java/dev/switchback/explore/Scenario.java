package dev.switchback.explore;

/**
 * A few threads that meet, and what must hold when they have.
 *
 * @param isFaulty whether it runs a class with a planted fault, which the explorer must find
 * @param body starts the threads, joins them and throws an {@link AssertionError} if something does
 *     not hold; run once for each schedule, so it makes all its objects anew
 */
public record Scenario(String name, boolean isFaulty, Body body) {

  /** What one schedule runs. */
  public interface Body {
    void run() throws Exception;
  }

  /** Runs all at once, each in a thread of its own, to their ends. */
  public static void together(Runnable... parts) throws InterruptedException {
    Thread[] threads = new Thread[parts.length];
    for (int k = 0; k < parts.length; k++) {
      threads[k] = new Thread(parts[k]);
      threads[k].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  public static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
