package dev.switchback.tools.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.Refusal;
import dev.switchback.wire.Port;
import dev.switchback.wire.SocketPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A device, the lab that serves it, and a page. */
final class Lab implements AutoCloseable {
  final Path socket;
  final WatchedPort port;
  final LabServer server;
  final LabPage page;
  LabDevice device;
  private final StringWriter trouble = new StringWriter();

  private Lab(Path directory, @Nullable String host, @Nullable String token, String... settings)
      throws Refusal, IOException {
    socket = directory.resolve("line");
    device = LabDevice.start(socket, settings);
    port = new WatchedPort(new SocketPort(socket));
    PrintWriter err = new PrintWriter(trouble, true);
    server = new LabServer(host, 0, token, port, Port.DEFAULT_BAUD, err);
    server.start();
    page = new LabPage(server.address());
  }

  static Lab open(Path directory, String... settings) throws Refusal, IOException {
    return new Lab(directory, null, null, settings);
  }

  static Lab openToOthers(Path directory, String token) throws Refusal, IOException {
    return new Lab(directory, "127.0.0.1", token);
  }

  @Override
  public void close() {
    page.close();
    server.close();
    device.close();
    assertEquals("", trouble.toString());
  }
}
