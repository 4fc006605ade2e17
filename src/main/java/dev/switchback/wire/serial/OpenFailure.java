package dev.switchback.wire.serial;

import dev.switchback.wire.LinkException;
import dev.switchback.wire.LinkException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the error number of an opening into what happened and what fixes it. */
final class OpenFailure {
  /** Whose numbers they are, and which programs there are that fix it. */
  enum Platform {
    LINUX,
    MACOS,
    WINDOWS;

    static Platform of(String osName) {
      return osName.startsWith("Windows") ? WINDOWS : osName.startsWith("Mac") ? MACOS : LINUX;
    }
  }

  private enum Cause {
    MISSING,
    DENIED,
    BUSY,
    NOTHING_BEHIND,
    NO_PORT,
    OTHER
  }

  private final Platform platform;
  private final String path;
  private final String user;

  OpenFailure(Platform platform, String path, String user) {
    this.platform = platform;
    this.path = path;
    this.user = user;
  }

  static LinkException of(String path, int errorNumber) throws LinkException {
    Platform platform = Platform.of(System.getProperty("os.name"));
    List<ListedPort> listed = SerialPorts.list();
    return new OpenFailure(platform, path, System.getProperty("user.name"))
        .of(errorNumber, listed, PortUsers.of(path));
  }

  static LinkException missing(String path, Throwable cause) throws LinkException {
    Platform platform = Platform.of(System.getProperty("os.name"));
    return new OpenFailure(platform, path, "").missing(SerialPorts.list(), cause);
  }

  LinkException of(int errorNumber, List<ListedPort> listed, List<PortUser> users) {
    Cause cause =
        switch (platform) {
          case LINUX -> unix(errorNumber, 11);
          case MACOS -> unix(errorNumber, 35);
          case WINDOWS -> windows(errorNumber);
        };
    return switch (cause) {
      // What this program has open already it refuses with the number of a file that is not there.
      case MISSING -> Files.exists(Path.of(path)) ? busy(users) : missing(listed, null);
      case DENIED -> denied();
      case BUSY -> busy(users);
      case NOTHING_BEHIND ->
          failure(
              Kind.NO_PORT,
              path + " is there, but nothing is behind it",
              "plug its cable in again");
      case NO_PORT -> failure(Kind.NO_PORT, path + " is not a serial port", "see switchback ports");
      case OTHER ->
          failure(
              Kind.OTHER,
              path + " could not be opened (error " + errorNumber + " of the system)",
              null);
    };
  }

  private static LinkException failure(Kind kind, String what, @Nullable String fix) {
    return new LinkException(kind, what, fix, null);
  }

  /** Of errno.h, which differ in what stands for a port that cannot be had now. */
  private static Cause unix(int errorNumber, int again) {
    return switch (errorNumber) {
      case 2 -> Cause.MISSING; // ENOENT
      case 1, 13 -> Cause.DENIED; // EPERM, EACCES
      case 16 -> Cause.BUSY; // EBUSY
      case 5, 6, 19 -> Cause.NOTHING_BEHIND; // EIO, ENXIO, ENODEV
      case 21, 22, 25 -> Cause.NO_PORT; // EISDIR, EINVAL, ENOTTY
      default -> errorNumber == again ? Cause.BUSY : Cause.OTHER; // EAGAIN
    };
  }

  /** Of winerror.h. A port is for one program at a time, and denied to all others. */
  private static Cause windows(int errorNumber) {
    return switch (errorNumber) {
      case 2, 3, 123 -> Cause.MISSING; // FILE_NOT_FOUND, PATH_NOT_FOUND, INVALID_NAME
      case 5, 32, 170 -> Cause.BUSY; // ACCESS_DENIED, SHARING_VIOLATION, BUSY
      // NOT_READY, GEN_FAILURE, SEM_TIMEOUT, NO_SUCH_DEVICE, DEVICE_NOT_CONNECTED
      case 21, 31, 121, 433, 1167 -> Cause.NOTHING_BEHIND;
      case 1, 87 -> Cause.NO_PORT; // INVALID_FUNCTION, INVALID_PARAMETER
      default -> Cause.OTHER;
    };
  }

  LinkException missing(List<ListedPort> ports, @Nullable Throwable cause) {
    String there =
        ports.stream()
            .map(port -> port.byIdPath() == null ? port.path() : port.byIdPath())
            .collect(Collectors.joining(", "));
    String none =
        platform == Platform.WINDOWS
            ? "there is none at all: is the cable plugged in, and its driver installed? Device"
                + " Manager tells"
            : "there is none at all: is the cable plugged in?";
    return new LinkException(
        Kind.NO_PORT,
        "no serial port " + path + " here",
        there.isEmpty() ? none : "found: " + there,
        cause);
  }

  LinkException busy(List<PortUser> users) {
    if (users.isEmpty()) {
      String fix =
          switch (platform) {
            case LINUX -> "'sudo fuser -v " + path + "' names it; end it";
            case MACOS -> "'lsof " + path + "' names it; end it";
            case WINDOWS -> "close it: a serial monitor, a terminal or an IDE";
          };
      return failure(Kind.BUSY, path + " is in use by another program", fix);
    }
    return failure(
        Kind.BUSY,
        path
            + " is in use by "
            + users.stream().map(PortUser::toString).collect(Collectors.joining(", ")),
        users.stream().filter(PortUser::isConsole).findFirst().orElse(users.getFirst()).fix(path));
  }

  private LinkException denied() {
    try {
      PosixFileAttributes file = Files.readAttributes(Path.of(path), PosixFileAttributes.class);
      String rights =
          file.owner().getName()
              + ":"
              + file.group().getName()
              + " "
              + PosixFilePermissions.toString(file.permissions());
      return denied(" (" + rights + ")", file.group().getName(), file.permissions());
    } catch (IOException | UnsupportedOperationException e) {
      return denied(" (its owner cannot be told)", "dialout", Set.of());
    }
  }

  private LinkException denied(String rights, String group, Set<PosixFilePermission> given) {
    boolean isForGroup =
        given.contains(PosixFilePermission.GROUP_READ)
            && given.contains(PosixFilePermission.GROUP_WRITE)
            && !group.equals("root");
    String fix;
    if (platform != Platform.LINUX) {
      fix = "run 'sudo chmod a+rw " + path + "'";
    } else if (isForGroup) {
      fix = "run 'sudo usermod -aG " + group + " " + user + "', then log out and in again";
    } else {
      fix = "run 'sudo chgrp dialout " + path + " && sudo chmod g+rw " + path + "'";
    }
    return failure(Kind.PERMISSION, "no permission for " + path + rights, fix);
  }
}
