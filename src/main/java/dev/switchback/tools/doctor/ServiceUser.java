package dev.switchback.tools.doctor;

import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/**
 * The user of the service and its permissions, computed from the file modes: the program itself may
 * run as root, which may do everything.
 */
final class ServiceUser {
  static final String NAME = "switchback";

  /** Permissions of owner, group and others. */
  private static final List<PosixFilePermission> READ =
      List.of(OWNER_READ, GROUP_READ, OTHERS_READ);

  private static final List<PosixFilePermission> WRITE =
      List.of(OWNER_WRITE, GROUP_WRITE, OTHERS_WRITE);
  private static final List<PosixFilePermission> SEARCH =
      List.of(OWNER_EXECUTE, GROUP_EXECUTE, OTHERS_EXECUTE);

  private ServiceUser() {}

  /** Returns whether the machine has this user. */
  static boolean isOn(Machine machine) {
    return machine.textOrNothing("/etc/passwd").lines().anyMatch(it -> it.startsWith(NAME + ":"));
  }

  static boolean mayRead(Machine machine, String path) {
    return mayReach(machine, path) && may(machine, path, READ);
  }

  /** Returns whether the user may write a file, or create files in a directory. */
  static boolean mayWrite(Machine machine, String path) {
    return mayReach(machine, path)
        && may(machine, path, WRITE)
        && (!Files.isDirectory(machine.file(path)) || may(machine, path, SEARCH));
  }

  private static boolean mayReach(Machine machine, String path) {
    Path directory = Path.of(path).getParent();
    while (directory != null && directory.getNameCount() > 0) {
      if (!may(machine, directory.toString(), SEARCH)) {
        return false;
      }
      directory = directory.getParent();
    }
    return true;
  }

  /** Returns true if the permissions are unknown. */
  private static boolean may(Machine machine, String path, List<PosixFilePermission> permissions) {
    Set<PosixFilePermission> given;
    try {
      given = Files.getPosixFilePermissions(machine.file(path));
    } catch (IOException e) {
      return true;
    }
    if (NAME.equals(machine.owner(path))) {
      return given.contains(permissions.get(0));
    }
    String group = machine.group(path);
    boolean isMember =
        group != null && (group.equals(NAME) || UserChecks.isMember(machine, group, NAME));
    return given.contains(permissions.get(isMember ? 1 : 2));
  }
}
