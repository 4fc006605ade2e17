package dev.switchback.wire.smp;

import java.io.IOException;
import java.util.List;

/** Counters of a device, in named groups. */
public interface StatPort {
  /** Takes counters one by one. */
  interface Fields {
    /**
     * One more.
     *
     * @param value not negative
     */
    void put(String name, long value) throws IOException;
  }

  List<String> names();

  /**
   * Hands over all counters of a group.
   *
   * @param name one of {@link #names}
   */
  void show(String name, Fields fields) throws IOException;
}
