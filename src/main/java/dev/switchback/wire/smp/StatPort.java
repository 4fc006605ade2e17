package dev.switchback.wire.smp;

import java.io.IOException;
import java.util.List;

/** Counters of a device, in named groups. */
public interface StatPort {
  List<String> names();

  /**
   * Writes all counters of a group.
   *
   * @param name one of {@link #names}
   * @param fields receives integers, none negative
   */
  void show(String name, CborWriter fields) throws IOException;
}
