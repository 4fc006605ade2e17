package dev.switchback.wire.serial;

import com.fazecast.jSerialComm.SerialPort;
import dev.switchback.PrintableText;
import dev.switchback.wire.LinkException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The serial ports of this machine. Pseudo-terminals are none of them; they open all the same. */
public final class SerialPorts {
  private static final int MAX_DESCRIPTION = 100;
  private static final Path BY_ID = Path.of("/dev/serial/by-id");

  private SerialPorts() {}

  /**
   * Lists them by path; opens none.
   *
   * @throws LinkException if the native library cannot be loaded
   */
  public static List<ListedPort> list() throws LinkException {
    NativeLibrary.load();
    Map<String, String> ids = linksByTarget(BY_ID);
    return Arrays.stream(SerialPort.getCommPorts())
        .map(port ->
            new ListedPort(
                port.getSystemPortName(),
                port.getSystemPortPath(),
                ids.get(port.getSystemPortPath()),
                // What is plugged in says it.
                PrintableText.of(port.getDescriptivePortName(), MAX_DESCRIPTION)))
        .sorted(Comparator.comparing(ListedPort::path))
        .toList();
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
