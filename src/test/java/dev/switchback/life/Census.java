package dev.switchback.life;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts events and power cuts over all lives. Thread-safe. */
final class Census {
  private final Map<Act.Kind, LongAdder> kinds = new EnumMap<>(Act.Kind.class);
  private final LongAdder cuts = new LongAdder();
  private final LongAdder cutsAtTheDisk = new LongAdder();

  Census() {
    for (Act.Kind kind : Act.Kind.values()) {
      kinds.put(kind, new LongAdder());
    }
  }

  void count(Act.Kind kind) {
    kinds.get(kind).increment();
  }

  void countCut(boolean isAtTheDisk) {
    (isAtTheDisk ? cutsAtTheDisk : cuts).increment();
  }

  long events() {
    return kinds.values().stream().mapToLong(LongAdder::sum).sum();
  }

  long cuts() {
    return cuts.sum() + cutsAtTheDisk.sum();
  }

  long cutsAtTheDisk() {
    return cutsAtTheDisk.sum();
  }

  Map<Act.Kind, LongAdder> kinds() {
    return kinds;
  }
}
