package dev.switchback.sim;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Two pseudo-terminals joined back to back by socat: a serial cable whose ends open by path. Needs
 * socat, see {@link Requirement}.
 */
public final class PtyPair implements AutoCloseable {
  private static final long LIMIT_MILLIS = 10_000;

  private final Path one;
  private final Path other;
  private Process socat;

  private PtyPair(Path one, Path other) throws IOException {
    this.one = one;
    this.other = other;
    this.socat = start();
  }

  /**
   * Joins a pair.
   *
   * @param directory takes the links {@code one} and {@code other}
   */
  public static PtyPair open(Path directory) throws IOException {
    return new PtyPair(directory.resolve("one"), directory.resolve("other"));
  }

  private Process start() throws IOException {
    Process process =
        new ProcessBuilder("socat", end(one), end(other))
            .redirectErrorStream(true)
            .redirectOutput(new File("/dev/null"))
            .start();
    long waited = 0;
    while (!Files.exists(one) || !Files.exists(other)) {
      if (!process.isAlive() || waited > LIMIT_MILLIS) {
        throw new IOException("socat made no pseudo-terminals");
      }
      pause();
      waited += 5;
    }
    return process;
  }

  private static String end(Path link) {
    return "pty,rawer,link=" + link;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public Path one() {
    return one;
  }

  public Path other() {
    return other;
  }

  /** Pulls the cable: both ends are gone until {@link #plugIn}. */
  public void pull() throws IOException {
    socat.destroyForcibly().onExit().join();
    Files.deleteIfExists(one);
    Files.deleteIfExists(other);
  }

  /** New pseudo-terminals by the same paths. */
  public void plugIn() throws IOException {
    socat = start();
  }

  @Override
  public void close() throws IOException {
    pull();
  }
}
