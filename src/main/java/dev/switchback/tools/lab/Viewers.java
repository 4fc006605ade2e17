package dev.switchback.tools.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Those who look at the lab. An event replaces the one of its name that a viewer has not taken yet,
 * so a slow viewer misses what lies between and holds up nobody. Any thread.
 */
final class Viewers {
  /** Every viewer takes a connection and a thread. */
  static final int MAX = 64;

  /** Events that hold until the next of their name, for newcomers. Guarded by this. */
  private final Map<String, String> present = new LinkedHashMap<>();

  /** Guarded by this. */
  private final List<Viewer> viewers = new ArrayList<>();

  private volatile int count;

  int count() {
    return count;
  }

  /** Tells all of something that newcomers need not know. */
  void publish(String name, String data) {
    for (Viewer viewer : viewers()) {
      viewer.offer(name, data);
    }
  }

  /** Tells all, and whoever comes later, if it is news. */
  void state(String name, String data) {
    synchronized (this) {
      if (data.equals(present.put(name, data))) {
        return;
      }
    }
    publish(name, data);
  }

  private synchronized List<Viewer> viewers() {
    return List.copyOf(viewers);
  }

  /**
   * Sends events until the viewer has gone or does not read.
   *
   * @param come called once it is among those who are told
   * @throws IOException if it has gone
   * @throws Rejection if there are too many
   */
  void serve(OutputStream out, Runnable come) throws IOException, Rejection {
    Viewer viewer = new Viewer(out);
    add(viewer);
    try {
      come.run();
      viewer.run();
    } finally {
      remove(viewer);
    }
  }

  private synchronized void add(Viewer viewer) throws Rejection {
    requirePlace();
    viewers.add(viewer);
    count = viewers.size();
    present.forEach(viewer::offer);
  }

  /** Throws if there is no place for one more. */
  synchronized void requirePlace() throws Rejection {
    if (viewers.size() >= MAX) {
      throw new Rejection(503, MAX + " viewers are here, and there is room for no more");
    }
  }

  private synchronized void remove(Viewer viewer) {
    viewers.remove(viewer);
    count = viewers.size();
  }
}
