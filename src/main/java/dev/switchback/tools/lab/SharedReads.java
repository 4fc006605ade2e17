package dev.switchback.tools.lab;

import dev.switchback.Clock;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last answers to reads: what many pages ask at the same time is asked of the device once. One
 * thread.
 */
final class SharedReads {
  private static final long FRESH_NANOS = 200_000_000L;
  private static final int MAX = 64;

  private static final class Known {
    private final byte[] answer;
    private final long nanos;

    private Known(byte[] answer, long nanos) {
      this.answer = answer;
      this.nanos = nanos;
    }
  }

  private final Clock clock;
  private final Map<ByteBuffer, Known> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Known> eldest) {
          return size() > MAX;
        }
      };

  SharedReads(Clock clock) {
    this.clock = clock;
  }

  /** Returns the answer to a read, if it was asked a moment ago. */
  byte @Nullable [] find(LabPacket packet) {
    Known found = packet.isWrite() ? null : known.get(ByteBuffer.wrap(packet.question()));
    return found == null || clock.nanoTime() - found.nanos > FRESH_NANOS
        ? null
        : packet.answered(found.answer);
  }

  void keep(LabPacket packet, byte[] answer) {
    ByteBuffer question = ByteBuffer.wrap(packet.question());
    known.remove(question);
    known.put(question, new Known(answer, clock.nanoTime()));
  }

  /** Forgets all, because something may have changed. */
  void clear() {
    known.clear();
  }
}
