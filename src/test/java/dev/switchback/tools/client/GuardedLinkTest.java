package dev.switchback.tools.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GuardedLinkTest {
  private static final long MILLISECOND = 1_000_000;

  /** Takes no byte, until it is closed. */
  private static final class StuckLink implements ByteLink {
    final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public int read(byte[] buffer) {
      return 1;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws LinkException {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new LinkException(LinkException.Kind.LOST, "closed");
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  @Test
  @Timeout(5)
  void stuckWriteIsEnded() {
    GuardedLink link = new GuardedLink(new StuckLink(), 30 * MILLISECOND);
    assertThrows(LinkException.class, () -> link.write(new byte[8], 0, 8));
    assertTrue(link.isStuck());
  }

  @Test
  void otherWritesAreLeftAlone() throws Exception {
    ByteLink quick =
        new ByteLink() {
          @Override
          public int read(byte[] buffer) {
            return buffer.length;
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            assertEquals(3, offset);
            assertEquals(5, length);
          }

          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };
    GuardedLink link = new GuardedLink(quick, 5_000 * MILLISECOND);
    for (int i = 0; i < 100; i++) {
      link.write(new byte[8], 3, 5);
    }
    assertEquals(7, link.read(new byte[7]));
  }

  @Test
  @Timeout(5)
  void closingEndsItsThreadToo() throws Exception {
    StuckLink stuck = new StuckLink();
    GuardedLink link = new GuardedLink(stuck, 60_000 * MILLISECOND);
    Thread writer =
        Thread.ofPlatform()
            .start(() -> assertThrows(LinkException.class, () -> link.write(new byte[8], 0, 8)));
    link.close();
    writer.join();
    assertFalse(link.isStuck());
  }
}
