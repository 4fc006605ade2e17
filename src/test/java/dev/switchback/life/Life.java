package dev.switchback.life;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A random sequence of events in the life of a device. The seed determines it completely, on every
 * machine.
 *
 * @param acts its events, in order
 */
record Life(long seed, List<Act> acts) {
  Life {
    acts = List.copyOf(acts);
  }

  static Life of(long seed, int events) {
    Random random = new Random(seed);
    List<Act> acts = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      acts.add(Act.of(random));
    }
    return new Life(seed, acts);
  }

  /** A failure: the number of events up to it, and its cause. */
  record End(int events, Throwable cause) {}

  /** Runs the events; returns null if every promise is kept. */
  @Nullable End live(Census census) {
    return live(census, null);
  }

  /** Runs the events and prints each one. */
  @Nullable End live(Census census, @Nullable PrintStream trace) {
    int lived = 0;
    try {
      World world = new World(new Random(~seed), census);
      for (Act act : acts) {
        lived++;
        world.live(act);
        if (trace != null) {
          trace.println(lived + " " + act + ": " + world);
        }
      }
      return null;
    } catch (RuntimeException | Error e) {
      return new End(lived, e);
    }
  }

  /** Returns a shortened life that still fails in the same way. */
  Life shrunk(End end) {
    List<Act> left = new ArrayList<>(acts.subList(0, end.events()));
    String failure = kind(end.cause());
    for (int size = left.size() / 2; size >= 1; size /= 2) {
      for (int from = left.size() - size; from >= 0; from -= size) {
        List<Act> fewer = new ArrayList<>(left);
        fewer.subList(from, Math.min(left.size(), from + size)).clear();
        End found = new Life(seed, fewer).live(new Census());
        if (found != null && kind(found.cause()).equals(failure)) {
          left = new ArrayList<>(fewer.subList(0, found.events()));
          from = Math.min(from, left.size());
        }
      }
    }
    return new Life(seed, left);
  }

  /** Returns the class and the start of the message, without hashes and numbers. */
  private static String kind(Throwable cause) {
    String text = String.valueOf(cause.getMessage()).replaceAll("[0-9a-f]{64}|[0-9]+", "#");
    return cause.getClass() + text.substring(0, Math.min(text.length(), 40));
  }
}
