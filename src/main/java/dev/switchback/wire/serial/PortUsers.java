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
import java.util.stream.Stream;

/**
 * Who has a port open, as Linux tells below {@code /proc}. Programs of other users show nothing but
 * the terminal they take commands from, which is enough to find a login console.
 */
public final class PortUsers {
  private static final int MAX_NAME = 60;

  private static final Path PROC = Path.of("/proc");

  /** Index of the terminal's device number behind the name in brackets. */
  private static final int TERMINAL_FIELD = 4;

  private PortUsers() {}

  /** All processes that have this port open, by number; none where it cannot be told. */
  public static List<PortUser> of(String path) {
    List<PortUser> users = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      Path port = Path.of(path).toRealPath();
      long device = ((Number) Files.getAttribute(port, "unix:rdev")).longValue();
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

  /** Device number of the terminal of a process; 0 if it has none or is gone. */
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
      // It ended meanwhile, or is another user's.
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

  /** Its name; a program in a jar by that and its first word. */
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
