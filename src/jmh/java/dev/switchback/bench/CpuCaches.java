package dev.switchback.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The data caches of the first processor, as reported by Linux.
 *
 * @param bytesByLevel size of each level, from 1; empty if unknown
 */
record CpuCaches(SortedMap<Integer, Long> bytesByLevel) {
  private static final Path ROOT = Path.of("/sys/devices/system/cpu/cpu0/cache");

  static CpuCaches ofThisMachine() throws IOException {
    SortedMap<Integer, Long> sizes = new TreeMap<>();
    if (Files.isDirectory(ROOT)) {
      try (DirectoryStream<Path> caches = Files.newDirectoryStream(ROOT, "index*")) {
        for (Path cache : caches) {
          if (!text(cache, "type").equals("Instruction")) {
            sizes.put(Integer.valueOf(text(cache, "level")), bytes(text(cache, "size")));
          }
        }
      }
    }
    return new CpuCaches(sizes);
  }

  private static String text(Path cache, String name) throws IOException {
    return Files.readString(cache.resolve(name)).strip();
  }

  /** The kernel writes {@code 32K}. */
  private static long bytes(String size) {
    return Long.parseLong(size.substring(0, size.length() - 1)) << 10;
  }

  /** Returns the smallest level that holds this many bytes; one above the last if none does. */
  int level(long bytes) {
    int level = 0;
    for (var cache : bytesByLevel.entrySet()) {
      level = cache.getKey();
      if (bytes <= cache.getValue()) {
        return level;
      }
    }
    return level + 1;
  }

  /** Returns the display name of a {@link #level}. */
  String name(int level) {
    return bytesByLevel.containsKey(level) ? "L" + level : "memory";
  }
}
