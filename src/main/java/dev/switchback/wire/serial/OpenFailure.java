package dev.switchback.wire.serial;

import dev.switchback.wire.LinkException;
import dev.switchback.wire.LinkException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;

/** Turns the error number of an opening into what happened and what mends it. */
final class OpenFailure {
  private static final int EPERM = 1;
  private static final int ENOENT = 2;
  private static final int EIO = 5;
  private static final int ENXIO = 6;
  private static final int EAGAIN = 11;
  private static final int EACCES = 13;
  private static final int EBUSY = 16;
  private static final int ENODEV = 19;
  private static final int EISDIR = 21;
  private static final int EINVAL = 22;
  private static final int ENOTTY = 25;

  private OpenFailure() {}

  static LinkException of(String path, int errorNumber) throws LinkException {
    return switch (errorNumber) {
      // What this program has open already it refuses with the number of a file that is not there.
      case ENOENT ->
          Files.exists(Path.of(path))
              ? new LinkException(Kind.BUSY, busy(path, PortUsers.of(path)))
              : new LinkException(Kind.NO_PORT, noPort(path, SerialPorts.list()));
      case EAGAIN, EBUSY -> new LinkException(Kind.BUSY, busy(path, PortUsers.of(path)));
      case ENXIO, ENODEV, EIO ->
          new LinkException(Kind.NO_PORT, path + " is there, but nothing is behind it");
      case EPERM, EACCES -> new LinkException(Kind.PERMISSION, permission(path));
      case EISDIR, EINVAL, ENOTTY ->
          new LinkException(Kind.NO_PORT, path + " is not a serial port");
      default ->
          new LinkException(
              Kind.OTHER, path + " could not be opened (error " + errorNumber + " of the system)");
    };
  }

  static String noPort(String path, List<ListedPort> ports) {
    String there =
        ports.stream()
            .map(port -> port.byIdPath() == null ? port.path() : port.byIdPath())
            .collect(Collectors.joining(", "));
    return "no serial port "
        + path
        + " here; "
        + (there.isEmpty() ? "there is none at all: is the cable plugged in?" : "found: " + there);
  }

  static String busy(String path, List<PortUser> users) {
    if (users.isEmpty()) {
      return path + " is in use by another program: 'sudo fuser -v " + path + "' names it; end it";
    }
    return path
        + " is in use by "
        + users.stream().map(PortUser::toString).collect(Collectors.joining(", "))
        + ": "
        + users.stream().filter(PortUser::isConsole).findFirst().orElse(users.getFirst()).fix(path);
  }

  private static String permission(String path) {
    String group = "dialout";
    String rights = "";
    try {
      PosixFileAttributes file = Files.readAttributes(Path.of(path), PosixFileAttributes.class);
      String owner = file.owner().getName() + ":" + file.group().getName();
      rights = " (" + owner + " " + PosixFilePermissions.toString(file.permissions()) + ")";
      group = file.group().getName().equals("root") ? group : file.group().getName();
    } catch (IOException e) {
      rights = " (its owner cannot be told)";
    }
    return "no permission for "
        + path
        + rights
        + ": run 'sudo usermod -aG "
        + group
        + " $USER', then log out and in again";
  }
}
