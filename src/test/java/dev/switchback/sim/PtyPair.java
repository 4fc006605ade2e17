package dev.switchback.sim;

import dev.switchback.wire.serial.PtyCable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A serial cable with ends at fixed paths, which can be pulled and plugged in. */
public final class PtyPair implements AutoCloseable {
  private final Path one;
  private final Path other;
  private PtyCable cable;

  private PtyPair(Path one, Path other) throws IOException {
    this.one = one;
    this.other = other;
    this.cable = link();
  }

  /**
   * Creates a pair.
   *
   * @param directory directory for the links {@code one} and {@code other}
   */
  public static PtyPair open(Path directory) throws IOException {
    return new PtyPair(directory.resolve("one"), directory.resolve("other"));
  }

  private PtyCable link() throws IOException {
    PtyCable made = new PtyCable();
    Files.createSymbolicLink(one, made.one());
    Files.createSymbolicLink(other, made.other());
    return made;
  }

  public Path one() {
    return one;
  }

  public Path other() {
    return other;
  }

  /** Pulls the cable: both ends are missing until {@link #plugIn}. */
  public void pull() throws IOException {
    if (Files.deleteIfExists(one)) {
      Files.delete(other);
      cable.close();
    }
  }

  /** Creates new pseudo-terminals at the same paths. */
  public void plugIn() throws IOException {
    cable = link();
  }

  @Override
  public void close() throws IOException {
    pull();
  }
}
