package dev.switchback.wire;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a demultiplexer has received. Any thread may read. */
public final class LinkCounters {
  private final AtomicLong frames = new AtomicLong();
  private final Map<Drop, AtomicLong> dropped = new EnumMap<>(Drop.class);

  LinkCounters() {
    for (Drop reason : Drop.values()) {
      dropped.put(reason, new AtomicLong());
    }
  }

  void countFrame() {
    frames.incrementAndGet();
  }

  void count(Drop reason) {
    counter(reason).incrementAndGet();
  }

  private AtomicLong counter(Drop reason) {
    return Objects.requireNonNull(dropped.get(reason));
  }

  /** Returns the number of delivered frames. */
  public long frames() {
    return frames.get();
  }

  /** Returns the number of frames dropped for a reason; each frame has one. */
  public long dropped(Drop reason) {
    return counter(reason).get();
  }

  /** Returns the number of dropped frames. */
  public long dropped() {
    return dropped.values().stream().mapToLong(AtomicLong::get).sum();
  }
}
