package dev.switchback.device.cable;

import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.SplittableRandom;

/**
 * A terminal program that passes bytes between a sender and the line, and damages some on the way
 * to the device, always the same ones.
 */
final class BadWire {
  private final ByteLink line;
  private final SplittableRandom random;
  private final double flips;
  private final double drops;
  private int flipped;
  private int dropped;

  /**
   * @param flips how many of the bytes have one bit wrong, 0 to 1
   * @param drops how many get lost
   */
  BadWire(ByteLink line, long seed, double flips, double drops) {
    this.line = line;
    this.random = new SplittableRandom(seed);
    this.flips = flips;
    this.drops = drops;
  }

  /** Passes bytes until the sender ends. */
  void carry(Process sender) throws IOException {
    Thread back = Thread.ofPlatform().start(() -> carryBack(sender));
    byte[] buffer = new byte[4096];
    InputStream from = sender.getInputStream();
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      int kept = damage(buffer, count);
      line.write(buffer, 0, kept);
    }
    try {
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int damage(byte[] bytes, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (random.nextDouble() < drops) {
        dropped++;
      } else if (random.nextDouble() < flips) {
        bytes[kept++] = (byte) (bytes[i] ^ 1 << random.nextInt(8));
        flipped++;
      } else {
        bytes[kept++] = bytes[i];
      }
    }
    return kept;
  }

  private void carryBack(Process sender) {
    byte[] buffer = new byte[4096];
    try (OutputStream to = sender.getOutputStream()) {
      while (sender.isAlive()) {
        to.write(buffer, 0, line.read(buffer));
        to.flush();
      }
    } catch (LinkException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      // The sender has ended.
    }
  }

  @Override
  public String toString() {
    return flipped + " bytes flipped, " + dropped + " dropped";
  }
}
