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

  private Path terminal(String name, String device, String type) throws IOException {
    Path terminal = Files.createDirectories(directory.resolve("sys/class/tty").resolve(name));
    Path hardware = Files.createDirectories(directory.resolve("sys/devices").resolve(device));
    Files.createSymbolicLink(terminal.resolve("device"), hardware);
    if (!type.isEmpty()) {
      Files.writeString(terminal.resolve("type"), type + "\n");
    }
    Files.createDirectories(directory.resolve("dev"));
    Files.createFile(directory.resolve("dev").resolve(name));
    return hardware;
  }

  /** Nothing of it asks whether this user may open them: the tests' user may be root. */
  @Test
  void thePortsOfLinuxAreThoseWithHardware() throws IOException {
    terminal("ttyS0", "serial8250", "4");
    terminal("ttyS1", "serial8250", "0");
    terminal("ttyAMA0", "pl011", "32");
    Path adapter = terminal("ttyUSB0", "usb1/1-1/1-1:1.0/ttyUSB0", "");
    Files.writeString(adapter.resolve("../../product").normalize(), "USB\033 Serial\n");
    terminal("ttyACM0", "usb1/1-2/1-2:1.0", "");
    Files.writeString(directory.resolve("sys/devices/usb1/1-2/product"), "Uno\n");
    Files.writeString(directory.resolve("sys/devices/usb1/1-2/manufacturer"), "Arduino\n");
    Files.createDirectories(directory.resolve("sys/class/tty/tty1"));
    terminal("ttyUSB1", "usb1/1-3", "");
    Files.delete(directory.resolve("dev/ttyUSB1"));
    Path dev = directory.resolve("dev");
    Path ids = Files.createDirectories(dev.resolve("serial/by-id"));
    Files.createSymbolicLink(ids.resolve("usb-uno"), dev.toRealPath().resolve("ttyACM0"));
    Path root = directory.toRealPath();
    List<ListedPort> ports = SerialPorts.ofLinux(root);
    assertEquals(
        List.of("ttyACM0", "ttyAMA0", "ttyS0", "ttyUSB0"),
        ports.stream().map(ListedPort::name).toList());
    assertEquals(root.resolve("dev/ttyACM0").toString(), ports.getFirst().path());
    assertEquals("Arduino Uno", ports.getFirst().description());
    assertEquals(root.resolve("dev/serial/by-id/usb-uno").toString(), ports.getFirst().byIdPath());
    assertEquals("USB\\u001b Serial", ports.getLast().description());
    assertEquals("a port of this machine", ports.get(2).description());
    assertEquals(List.of(), SerialPorts.ofLinux(root.resolve("absent")));
  }
}
