package dev.switchback.wire;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** What a demultiplexer has received since it was made. Any thread may look. */
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

  /** Frames that were delivered. */
  public long frames() {
    return frames.get();
  }

  /** Frames that were dropped for this reason; each has only one. */
  public long dropped(Drop reason) {
    return counter(reason).get();
  }

  /** Frames that were dropped for any reason. */
  public long dropped() {
    return dropped.values().stream().mapToLong(AtomicLong::get).sum();
  }
}
