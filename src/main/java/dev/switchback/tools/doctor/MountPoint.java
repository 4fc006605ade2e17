package dev.switchback.tools.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file system that a path is on, as {@code /proc/self/mountinfo} has it. */
record MountPoint(String path, String type, boolean isReadOnly) {
  private static final List<String> FORGETFUL = List.of("overlay", "tmpfs", "ramfs");

  /** Fields before the hyphen. */
  private static final int PATH = 4;

  private static final int OPTIONS = 5;

  /** Null if the list says nothing of it. */
  static @Nullable MountPoint of(String path, String mountInfo) {
    MountPoint found = null;
    for (String line : mountInfo.lines().toList()) {
      MountPoint mount = read(line);
      if (mount != null
          && mount.holds(path)
          && (found == null || mount.path.length() >= found.path.length())) {
        found = mount;
      }
    }
    return found;
  }

  private static @Nullable MountPoint read(String line) {
    int hyphen = line.indexOf(" - ");
    String[] fields = line.split(" ", -1);
    if (hyphen < 0 || fields.length <= OPTIONS) {
      return null;
    }
    String type = line.substring(hyphen + 3).split(" ", -1)[0];
    boolean isReadOnly = List.of(fields[OPTIONS].split(",", -1)).contains("ro");
    return new MountPoint(fields[PATH], type, isReadOnly);
  }

  private boolean holds(String other) {
    return path.equals("/") || other.equals(path) || other.startsWith(path + "/");
  }

  /** Whether what is written there ends with the power. */
  boolean isForgetful() {
    return FORGETFUL.contains(type);
  }
}
