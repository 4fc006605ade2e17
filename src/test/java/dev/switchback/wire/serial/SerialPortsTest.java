package dev.switchback.wire.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialPortsTest {
  @TempDir private Path directory;

  @Test
  void portsAreListedByPath() throws IOException {
    List<ListedPort> ports = SerialPorts.list();
    assertEquals(ports.stream().map(ListedPort::path).sorted().toList(), paths(ports));
    for (ListedPort port : ports) {
      assertTrue(port.path().endsWith(port.name()), port.toString());
    }
  }

  private static List<String> paths(List<ListedPort> ports) {
    return ports.stream().map(ListedPort::path).toList();
  }

  @Test
  void linksAreFoundByWhatTheyLeadTo() throws IOException {
    Path port = Files.createFile(directory.resolve("ttyUSB0"));
    Path ids = Files.createDirectory(directory.resolve("by-id"));
    Files.createSymbolicLink(ids.resolve("usb-adapter"), Path.of("../ttyUSB0"));
    assertEquals(
        Map.of(port.toRealPath().toString(), ids.resolve("usb-adapter").toString()),
        SerialPorts.linksByTarget(ids));
    assertEquals(Map.of(), SerialPorts.linksByTarget(directory.resolve("absent")));
  }
}
