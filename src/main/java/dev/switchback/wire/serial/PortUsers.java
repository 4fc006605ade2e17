package dev.switchback.wire.serial;

import dev.switchback.PrintableText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the processes that have a port open, by {@code /proc} of Linux. Of processes of other users
 * only the controlling terminal is visible, which is enough to find a login console.
 */
public final class PortUsers {
  private static final int MAX_NAME = 60;

  private static final Path PROC = Path.of("/proc");

  /** Index of the terminal's device number after the name in parentheses. */
  private static final int TERMINAL_FIELD = 4;

  /** In {@code /proc/net/unix}; the last two are inode and path. */
  private static final int SOCKET_FIELDS = 8;

  private PortUsers() {}

  /** Returns the processes that have a port open, by number; none if that is unknown. */
  public static List<PortUser> of(String path) {
    List<PortUser> users = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      Path port = Path.of(path).toRealPath();
      long device = ((Number) Files.getAttribute(port, "unix:rdev")).longValue();
      if (device == 0) {
        return List.of(); // No terminal; and 0 is also what a process without one has.
      }
      for (Path process : processes) {
        boolean isConsole = terminal(process) == device;
        if (isConsole || hasOpen(process, port)) {
          long id = Long.parseLong(process.getFileName().toString());
          users.add(new PortUser(id, program(process), isConsole));
        }
      }
    } catch (IOException | UnsupportedOperationException e) {
      // No such port, or a system without /proc.
      return List.of();
    }
    users.sort(Comparator.comparingLong(PortUser::processId));
    return users;
  }

  /** Returns the processes that have a UNIX socket open at its path; none if that is unknown. */
  public static List<PortUser> ofSocket(Path path) {
    List<PortUser> users = new ArrayList<>();
    try (Stream<String> sockets =
            Files.lines(PROC.resolve("net").resolve("unix"), StandardCharsets.ISO_8859_1);
        DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      Set<Path> links =
          sockets
              .map(line -> line.split(" +", SOCKET_FIELDS))
              .filter(fields -> fields.length == SOCKET_FIELDS)
              .filter(fields -> fields[SOCKET_FIELDS - 1].equals(path.toString()))
              .map(fields -> Path.of("socket:[" + fields[SOCKET_FIELDS - 2] + "]"))
              .collect(Collectors.toSet());
      for (Path process : processes) {
        if (links.stream().anyMatch(link -> hasOpen(process, link))) {
          users.add(
              new PortUser(
                  Long.parseLong(process.getFileName().toString()), program(process), false));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // A system without /proc.
      return List.of();
    }
    return users;
  }

  /** Returns the device number of the terminal of a process; 0 if it has none or has ended. */
  private static long terminal(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      String fields = stat.substring(stat.lastIndexOf(')') + 2);
      return Long.parseLong(fields.split(" ", -1)[TERMINAL_FIELD]);
    } catch (IOException e) {
      return 0;
    }
  }

  private static boolean hasOpen(Path process, Path port) {
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return files.anyMatch(file -> leadsTo(file, port));
    } catch (IOException | UncheckedIOException e) {
      // It has ended, or belongs to another user.
      return false;
    }
  }

  private static boolean leadsTo(Path file, Path port) {
    try {
      return Files.readSymbolicLink(file).equals(port);
    } catch (IOException e) {
      // Closed meanwhile.
      return false;
    }
  }

  /** Returns the name of a process; for a jar, its name and the first argument. */
  private static String program(Path process) {
    try {
      String name = Files.readString(process.resolve("comm"), StandardCharsets.ISO_8859_1).strip();
      return PrintableText.of(name.equals("java") ? javaProgram(process) : name, MAX_NAME);
    } catch (IOException e) {
      return "a program";
    }
  }

  private static String javaProgram(Path process) throws IOException {
    String line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    List<String> words = Arrays.asList(line.split("\0", -1));
    int jar = words.indexOf("-jar") + 1;
    if (jar == 0 || jar + 1 >= words.size()) {
      return "java";
    }
    String name = Path.of(words.get(jar)).getFileName().toString().replaceFirst("[.]jar$", "");
    return (name + " " + words.get(jar + 1)).strip();
  }
}
