package dev.switchback.tools.doctor;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The file system of a path, from {@code /proc/self/mountinfo}. */
record MountPoint(String path, String type, boolean isReadOnly) {
  private static final List<String> FORGETFUL = List.of("overlay", "tmpfs", "ramfs");

  /** Groups: path, options, and the type after the hyphen. */
  private static final Pattern LINE =
      Pattern.compile("(?m)^(?:\\S+ ){4}(\\S+) (\\S+) (?:.*? )?- (\\S+)");

  /** Returns the file system of a path; null if the list does not contain it. */
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

  /** Returns whether its content is lost at power-off. */
  boolean isForgetful() {
    return FORGETFUL.contains(type);
  }
}
