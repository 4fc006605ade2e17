package dev.switchback.tools.doctor;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The file system that a path is on, as {@code /proc/self/mountinfo} has it. */
record MountPoint(String path, String type, boolean isReadOnly) {
  private static final List<String> FORGETFUL = List.of("overlay", "tmpfs", "ramfs");

  /** Path, options, and behind the hyphen the type. */
  private static final Pattern LINE =
      Pattern.compile("(?m)^(?:\\S+ ){4}(\\S+) (\\S+) (?:.*? )?- (\\S+)");

  /** Null if the list says nothing of it. */
  static @Nullable MountPoint of(String path, String mountInfo) {
    return LINE.matcher(mountInfo)
        .results()
        .map(line ->
            new MountPoint(
                line.group(1), line.group(3), List.of(line.group(2).split(",", -1)).contains("ro")))
        .filter(mount -> mount.holds(path))
        .reduce((best, next) -> next.path.length() >= best.path.length() ? next : best)
        .orElse(null);
  }

  private boolean holds(String other) {
    return path.equals("/") || other.equals(path) || other.startsWith(path + "/");
  }

  /** Whether what is written there ends with the power. */
  boolean isForgetful() {
    return FORGETFUL.contains(type);
  }
}
