package dev.switchback.wire.serial;

import com.fazecast.jSerialComm.SerialPort;
import dev.switchback.PrintableText;
import dev.switchback.wire.LinkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The serial ports of this machine. Pseudo-terminals are none of them; they open all the same. */
public final class SerialPorts {
  private static final int MAX_DESCRIPTION = 100;

  /** Type of a port that the kernel keeps a name for and that has no hardware. */
  private static final String NO_HARDWARE = "0";

  /** From the device of a port up to the adapter that has it. */
  private static final int MAX_PARENTS = 3;

  private SerialPorts() {}

  /**
   * Lists them by path, those too that this user may not use; opens none.
   *
   * @throws LinkException if the native library cannot be loaded, which Linux does without
   */
  public static List<ListedPort> list() throws LinkException {
    if (System.getProperty("os.name").equals("Linux")) {
      return ofLinux(Path.of("/"));
    }
    NativeLibrary.load();
    List<ListedPort> ports = new ArrayList<>();
    for (SerialPort port : SerialPort.getCommPorts()) {
      ports.add(
          new ListedPort(
              port.getSystemPortName(),
              port.getSystemPortPath(),
              null,
              description(port.getDescriptivePortName())));
    }
    ports.sort(Comparator.comparing(ListedPort::path));
    return ports;
  }

  /**
   * Loads what opening a port needs, so that it takes nothing of the time that one has to answer.
   *
   * @throws LinkException if the native library cannot be loaded
   */
  public static void prepare() throws LinkException {
    NativeLibrary.load();
  }

  /** What is plugged in says it. */
  private static String description(String text) {
    return PrintableText.of(text.strip(), MAX_DESCRIPTION);
  }

  /**
   * As its kernel shows them: the library would open those of the board to see whether they are
   * there, and pass over what this user may not open.
   */
  static List<ListedPort> ofLinux(Path root) {
    Map<String, String> ids = linksByTarget(root.resolve("dev/serial/by-id"));
    List<ListedPort> ports = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(root.resolve("sys/class/tty"), SerialPorts::hasHardware)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        Path port = root.resolve("dev").resolve(name);
        if (Files.exists(port)) {
          String path = port.toString();
          ports.add(new ListedPort(name, path, ids.get(path), description(entry, port)));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // No such kernel, or an adapter that goes while this looks.
      return ports;
    }
    ports.sort(Comparator.comparing(ListedPort::path));
    return ports;
  }

  private static boolean hasHardware(Path terminal) {
    return Files.exists(terminal.resolve("device"))
        && !text(terminal.resolve("type")).equals(NO_HARDWARE);
  }

  private static String description(Path terminal, Path port) {
    String product = "a port of this machine";
    try {
      Path device = terminal.resolve("device").toRealPath();
      for (int i = 0; i < MAX_PARENTS && device != null; i++) {
        String found = text(device.resolve("manufacturer")) + " " + text(device.resolve("product"));
        product = found.isBlank() ? product : description(found);
        device = device.getParent();
      }
    } catch (IOException e) {
      product = "an adapter that has just gone";
    }
    boolean isOpen = Files.isReadable(port) && Files.isWritable(port);
    return product + (isOpen ? "" : ", not open to this user");
  }

  /** Empty if there is none. */
  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** The links in a directory by what they lead to; none where there is no such directory. */
  static Map<String, String> linksByTarget(Path directory) {
    Map<String, String> links = new HashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        links.put(entry.toRealPath().toString(), entry.toString());
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Without a USB adapter there is no directory; a link may go while it is read.
      return links;
    }
    return links;
  }
}
